import { parseInstant } from '../signing/timestamp.js';

/** What DOKU documents for every access token: 900 seconds (reference snap 2.3). */
const DEFAULT_LIFE_MS = 900_000;
/** Whatever an answer says, a token is not kept longer than a day. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * When something ends that was obtained at `obtainedAt`, in milliseconds since 1970. DOKU tells it as
 * seconds, number or text (`900`, `"900"`), or as an ISO 8601 instant; left out or unreadable it is 900
 * seconds (reference snap 2.1, 2.2, C16).
 */
export function endOfLife(told: unknown, obtainedAt: number): number {
  const lifeMs = lifeOf(told, obtainedAt);
  return obtainedAt + Math.min(lifeMs, LONGEST_LIFE_MS);
}

function lifeOf(told: unknown, obtainedAt: number): number {
  if (typeof told === 'number' || (typeof told === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(told))) {
    const seconds = Number(told);
    return seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : DEFAULT_LIFE_MS;
  }
  const instant = typeof told === 'string' ? parseInstant(told.trim()) : undefined;
  const lifeMs = instant === undefined ? 0 : instant.getTime() - obtainedAt;
  return lifeMs > 0 ? lifeMs : DEFAULT_LIFE_MS;
}
