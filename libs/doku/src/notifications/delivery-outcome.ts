/**
 * How a delivery ended: every listener has succeeded (`delivered`), the event is durably queued (`queued`), it
 * was known (`duplicate`), nobody listens (`unheard`), a listener failed (`failed`), or the queue could not be
 * reached (`unavailable`).
 */
export type DeliveryOutcome =
  'delivered' | 'queued' | 'duplicate' | 'unheard' | 'failed' | 'unavailable';
