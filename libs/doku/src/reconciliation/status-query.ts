import { Injectable } from '@nestjs/common';

import { DokuApiError } from '../errors/doku-api.error.js';
import { DokuClient } from '../http/doku-client.js';
import { dokuCall } from '../http/doku-call.js';
import type { DokuCallOptions } from '../http/doku-call-options.js';
import { isObject } from '../http/members.js';
import type { DokuPaymentEvent } from '../notifications/doku-event.js';
import { nonSnapEvent } from '../notifications/non-snap-event.js';
import { snapEvent } from '../notifications/snap-event.js';
import type { MoneyOperationOfChannel } from './money-operations.js';
import type { DokuPaymentIntent } from './payment-intent.js';
import { isFinalPaymentEvent } from './settled-intents.js';

/** What DOKU said of an intent. */
export type StatusAnswer =
  | { readonly outcome: 'final'; readonly events: readonly DokuPaymentEvent[] }
  /** DOKU knows it, and it has not ended, or knows nothing of this attempt. */
  | { readonly outcome: 'pending'; readonly queryId: string }
  | { readonly outcome: 'not-found'; readonly queryId: string };

/** Asks DOKU by a channel's own query, and reads the answer as the events that its notifications would have made. */
@Injectable()
export class StatusQuery {
  constructor(private readonly client: DokuClient) {}

  /** @throws DokuError when DOKU could not be asked */
  async ask(
    money: MoneyOperationOfChannel,
    intent: DokuPaymentIntent,
    options: Pick<DokuCallOptions, 'customer' | 'signal' | 'timeoutMs'>,
  ): Promise<StatusAnswer> {
    let answer: unknown;
    try {
      answer = await this.client.request(money.query, money.request(intent), {
        ...options,
        merchant: intent.merchant,
      });
    } catch (error) {
      if (!(error instanceof DokuApiError) || error.httpStatus !== 404) throw error;
      return { outcome: 'not-found', queryId: error.requestId ?? error.externalId ?? '' };
    }
    const queryId = idOf(answer, money);
    const events = money
      .notifications(answer, intent)
      .map((payload, index) => eventOf(payload, { money, intent, queryId, index }))
      .filter((event) => isFinalPaymentEvent(event));
    return events.length > 0 ? { outcome: 'final', events } : { outcome: 'pending', queryId };
  }
}

function idOf(answer: unknown, { query }: MoneyOperationOfChannel): string {
  if (!isObject(answer)) return '';
  const call = dokuCall(answer);
  return query.scheme === 'snap' ? call.externalId : call.requestId;
}

/** The same functions as for notifications, so that the ids cannot differ. */
function eventOf(
  payload: object,
  {
    money: { operation, channel },
    intent,
    queryId,
    index,
  }: {
    readonly money: MoneyOperationOfChannel;
    readonly intent: DokuPaymentIntent;
    readonly queryId: string;
    readonly index: number;
  },
) {
  const { merchant, kind, reference, attempt } = intent;
  const delivery = {
    source: 'reconciliation' as const,
    channel,
    merchant,
    payload,
    // Of a refund without a number: the same whenever it is asked for, whatever else the answer holds.
    rawBody: Buffer.from(JSON.stringify([kind, reference, attempt, index])),
    transportId: queryId,
    receivedAt: new Date(),
  };
  return operation.scheme === 'snap' ? snapEvent(delivery) : nonSnapEvent(delivery);
}
