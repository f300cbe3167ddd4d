import { parseInstant } from '../signing/timestamp.js';

/** How far a timestamp of DOKU may be from now, before or after: 10 minutes (reference snap 4). */
export const TIMESTAMP_WINDOW_MS = 10 * 60 * 1000;

/** What is wrong with a timestamp header, for the log; `undefined` when nothing is. */
export function timestampFault(header: string, now: Date): string | undefined {
  const instant = parseInstant(header);
  return instant ? windowFault(instant, now) : 'the timestamp cannot be read';
}

/** {@link timestampFault} of an instant that was read already. */
export function windowFault(instant: Date, now: Date): string | undefined {
  const ageMs = now.getTime() - instant.getTime();
  if (Math.abs(ageMs) <= TIMESTAMP_WINDOW_MS) return undefined;
  const seconds = Math.round(Math.abs(ageMs) / 1000);
  return `the timestamp is ${seconds} s ${ageMs > 0 ? 'old' : 'ahead'}`;
}
