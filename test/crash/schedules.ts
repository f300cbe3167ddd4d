/** Hours are not waited for: DOKU's resends and our retries are divided by these. */
export const DOKU_FACTOR = 6_000;
export const RETRY_FACTOR = 50_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When DOKU sends a notification that was not answered 2xx, after its first attempt. */
export const DOKU_ATTEMPTS_AT_MS = [0, 30 * MINUTE, 6 * HOUR, 12 * HOUR].map(
  (at) => at / DOKU_FACTOR,
);

/** The default schedule of a listener's attempts. */
export const RETRY_DELAYS_MS = [
  0,
  2_000,
  10_000,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
].map((delay) => (delay === 0 ? 0 : Math.max(1, Math.round(delay / RETRY_FACTOR))));
