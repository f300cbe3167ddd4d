import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/** Waits until `look` finds something; `undefined` and `false` are nothing. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
  withinMs: number,
): Promise<Found> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${withinMs / 1000} s`);
    }
    await delay(POLL_MS);
  }
}
