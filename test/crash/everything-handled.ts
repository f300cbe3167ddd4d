import type { EffectList } from './effects.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

/** Taking over the jobs of a worker that was killed may take 30 s; then they have to be done. */
const WITHIN_MS = 45_000;

/** The effects of a listener, as soon as each of these ids has one; or what is there when time is up. */
export async function everythingHandled(
  stage: Stage,
  ids: Iterable<string>,
  listener = 'work',
  withinMs = WITHIN_MS,
): Promise<EffectList> {
  const wanted = [...ids];
  let effects = await stage.effects.of(listener);
  await until(
    'everything handled',
    async () => {
      effects = await stage.effects.of(listener);
      return effects.missing(wanted).length === 0;
    },
    withinMs,
  ).catch(() => undefined);
  return effects;
}
