import { createHash, hash } from 'node:crypto';

/** What makes a fact that fact: no transport id, no reference of DOKU, no amount. */
export interface EventIdentity {
  readonly merchant: string;
  readonly kind: 'payment' | 'refund' | 'cancellation' | 'binding';
  /** The merchant's own reference. */
  readonly reference: string;
  /**
   * What tells this one from others of its reference: of a payment the attempt (non-SNAP
   * `original_request_id`; SNAP has none), of a refund its number, of a binding its authCode.
   */
  readonly attempt: string;
  readonly status: string;
}

/** Id of a fact: the same for every delivery of it, in every process. */
export function eventId({ merchant, kind, reference, attempt, status }: EventIdentity): string {
  return sha256(JSON.stringify([merchant, kind, reference, attempt, status]));
}

/** Id of a notification that tells no fact we can name: the same only for the same bytes. */
export function bodyEventId(merchant: string, rawBody: Uint8Array): string {
  return createHash('sha256').update(`${merchant}\n`).update(rawBody).digest('hex');
}

/** Id of the conflict between a fact and another amount for it. */
export function conflictEventId(id: string, amount: string): string {
  return sha256(JSON.stringify(['conflict', id, amount]));
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
