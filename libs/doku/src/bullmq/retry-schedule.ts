/** Name of the backoff, as BullMQ knows it. */
export const RETRY_SCHEDULE = 'doku-schedule';

/** By how much a wait varies, so that what failed together is not tried again together. */
const JITTER = 0.1;

/**
 * How long to wait before the next attempt, in milliseconds.
 *
 * @param attemptsMade how many attempts have failed, the last one included
 */
export function retryDelay(delaysMs: readonly number[], attemptsMade: number): number {
  const delay = delaysMs[Math.min(attemptsMade, delaysMs.length - 1)] ?? 0;
  return Math.round(delay * (1 - JITTER + 2 * JITTER * Math.random()));
}
