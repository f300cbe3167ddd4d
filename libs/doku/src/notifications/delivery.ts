import type { DokuEvent } from './doku-event.js';

/** A verified delivery, or an answer of DOKU that reads like one. */
export interface Delivery {
  readonly source: DokuEvent['source'];
  readonly merchant: string;
  /** What makes a fact that has no name of its own known again. */
  readonly rawBody: Uint8Array;
  /** The parsed body. */
  readonly payload: unknown;
  /** Our name of its channel; see `ChannelNames`. */
  readonly channel: string;
  /** `Request-Id` or `X-EXTERNAL-ID` of the delivery, or of the query. */
  readonly transportId: string;
  readonly receivedAt: Date;
}

/** What an event of either scheme takes over from its delivery. */
export function deliveryFacts(
  { source, channel, merchant, transportId, receivedAt }: Delivery,
  occurredAt?: string,
): Pick<DokuEvent, 'source' | 'channel' | 'merchant' | 'occurredAt' | 'receivedAt' | 'delivery'> {
  return {
    source,
    channel,
    merchant,
    occurredAt: occurredAt ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    delivery: { attempt: 1, transportId },
  };
}
