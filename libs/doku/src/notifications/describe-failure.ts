import { inspect } from 'node:util';

/** What a listener threw, for the log. It may have thrown anything, and nothing makes this throw. */
export function describeFailure(thrown: unknown): { summary: string; stack?: string } {
  try {
    if (!(thrown instanceof Error)) {
      return { summary: `threw no Error but ${inspect(thrown, { depth: 0 }).slice(0, 200)}` };
    }
    const { stack } = thrown;
    const summary = `${thrown.name}: ${thrown.message}`;
    return typeof stack === 'string' ? { summary, stack } : { summary };
  } catch {
    return { summary: 'threw something that cannot be described' };
  }
}
