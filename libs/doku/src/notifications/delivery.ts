import type { DokuEvent } from './doku-event.js';

/** A verified delivery. */
export interface Delivery {
  readonly merchant: string;
  readonly rawBody: Uint8Array;
  /** The parsed body. */
  readonly payload: unknown;
  /** Our name of its channel; see `ChannelNames`. */
  readonly channel: string;
  /** `Request-Id` or `X-EXTERNAL-ID` of the delivery. */
  readonly transportId: string;
  readonly receivedAt: Date;
}

/** What an event of either scheme takes over from its delivery. */
export function deliveryFacts(
  { channel, merchant, transportId, receivedAt }: Delivery,
  occurredAt?: string,
): Pick<DokuEvent, 'source' | 'channel' | 'merchant' | 'occurredAt' | 'receivedAt' | 'delivery'> {
  return {
    source: 'notification',
    channel,
    merchant,
    occurredAt: occurredAt ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    delivery: { attempt: 1, transportId },
  };
}
