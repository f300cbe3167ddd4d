import { parseInstant } from '../../signing/timestamp.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A month, where it is longest; DOKU decides about the shorter ones. */
const LONGEST_RANGE_MS = 31 * DAY_MS;
/** DOKU's clock may be behind ours by so much. */
const CLOCK_DIFFERENCE_MS = 5 * 60 * 1000;

/** What DOKU shows of the history: at most a month at once, at most a year back (reference wallet 16). */
export function historyRangeProblems(
  { fromDateTime, toDateTime }: { readonly fromDateTime: unknown; readonly toDateTime: unknown },
  now: Date,
): readonly string[] {
  const from = parseInstant(String(fromDateTime))?.getTime() ?? NaN;
  const to = parseInstant(String(toDateTime))?.getTime() ?? NaN;
  const problems: string[] = [];
  if (from > to) problems.push('fromDateTime must not be later than toDateTime');
  if (to - from > LONGEST_RANGE_MS) {
    problems.push('fromDateTime and toDateTime must be at most a month (31 days) apart');
  }
  if (from < aYearBefore(now) - CLOCK_DIFFERENCE_MS) {
    problems.push('fromDateTime must be at most a year ago');
  }
  return problems;
}

function aYearBefore(now: Date): number {
  const then = new Date(now);
  then.setUTCFullYear(now.getUTCFullYear() - 1);
  // A year before 29 February is 28 February.
  if (then.getUTCMonth() !== now.getUTCMonth()) then.setUTCDate(0);
  return then.getTime();
}
