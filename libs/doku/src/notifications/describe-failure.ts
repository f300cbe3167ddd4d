import { inspect } from 'node:util';

/** What a listener threw, for the log. It may have thrown anything, and nothing makes this throw. */
export function describeFailure(thrown: unknown): { summary: string; stack?: string } {
  try {
    if (!(thrown instanceof Error)) {
      return { summary: `threw no Error but ${inspect(thrown, { depth: 0 }).slice(0, 200)}` };
    }
    const { stack } = thrown;
    const summary = `${thrown.name}: ${messageOf(thrown)}`;
    return typeof stack === 'string' ? { summary, stack } : { summary };
  } catch {
    return { summary: 'threw something that cannot be described' };
  }
}

/** A connection that every address of a host has refused has no message of its own. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  return error.errors.map((each) => (each instanceof Error ? each.message : '')).join('; ');
}
