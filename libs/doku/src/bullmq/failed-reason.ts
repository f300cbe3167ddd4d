import type { DokuDeadLetterCause } from '../dead-letters/dead-letter.js';
import { storableText } from './storable.js';

/** What BullMQ writes for a job whose workers died too often. */
const STALLED = 'job stalled more than allowable limit';
const LONGEST = 300;

const CAUSES: readonly DokuDeadLetterCause[] = [
  'attempts-used-up',
  'listener-gave-up',
  'unknown-listener',
  'unheard',
];

/** What a failed job keeps as its reason: cause and one shortened line. */
export function failedReason(cause: DokuDeadLetterCause, reason: string): string {
  return `${cause}: ${storableText(reason.replace(/\s+/g, ' ').slice(0, LONGEST))}`;
}

/** The same, read back. */
export function readFailedReason(text = ''): { cause: DokuDeadLetterCause; reason: string } {
  if (text === STALLED) {
    return {
      cause: 'poison-pill',
      reason: 'its worker died several times while it, or something beside it, ran',
    };
  }
  const cause = CAUSES.find((each) => text.startsWith(`${each}: `));
  return cause === undefined
    ? { cause: 'attempts-used-up', reason: text }
    : { cause, reason: text.slice(cause.length + 2) };
}
