import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';

import { eventFacts, publish } from '../diagnostics/doku-diagnostics.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import { DokuValidationError } from '../errors/doku-validation.error.js';
import type { DokuCallOptions, DokuCustomer } from '../http/doku-call-options.js';
import { describeFailure } from '../notifications/describe-failure.js';
import type { DokuEvent, DokuPaymentEvent } from '../notifications/doku-event.js';
import { type DurableDelivery, isDurable } from '../notifications/durable-delivery.js';
import {
  NOTIFICATION_DELIVERY,
  type NotificationDelivery,
} from '../notifications/notification-delivery.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { type MoneyOperationOfChannel, MoneyOperations } from './money-operations.js';
import type { DokuPaymentIntent, IntentVerdict } from './payment-intent.js';
import { intentsSettledBy } from './settled-intents.js';
import { type StatusAnswer, StatusQuery } from './status-query.js';
import { unresolvedEvent } from './unresolved-event.js';

/** A call whose outcome is wanted. A `DokuPaymentIntent` is one, such as the payload of `payment.unresolved`. */
export interface DokuReconciliationRequest {
  /** @defaultValue `'default'` */
  readonly merchant?: string;
  /** Name of the operation, such as `'cimb.createPayment'`, `'allo.refund'` or `'wallet.topUp'`. */
  readonly operation: string;
  /** The merchant's own reference of the payment, also of a refund: the invoice number, or `partnerReferenceNo`. */
  readonly reference: string;
  /**
   * Of a refund its `partnerRefundNo`, mandatory. Of a non-SNAP payment its `Request-Id`; without it the answer is
   * about whichever attempt DOKU tells of the invoice.
   */
  readonly attempt?: string;
  /**
   * When the call was made, ISO 8601: some queries of the wallet need it.
   * @defaultValue now
   */
  readonly recordedAt?: string;
}

/** What DOKU said: `final` with the events that are on their way to the listeners, unless they were known. */
export type DokuReconciliation =
  | { readonly outcome: 'final'; readonly events: readonly DokuPaymentEvent[] }
  | { readonly outcome: 'pending' | 'not-found' };

/**
 * Asks DOKU what became of calls that move money and have no final event, by each channel's own query. What it finds
 * goes the way of a notification, under the same event id. Needs a durable delivery; then it works by itself, and
 * `reconcile` is for a person who does not want to wait.
 */
@Injectable()
export class DokuReconciler implements OnApplicationBootstrap {
  private readonly logger = new Logger(DokuReconciler.name);

  /** @internal Made by Nest. */
  constructor(
    private readonly query: StatusQuery,
    private readonly operations: MoneyOperations,
    @Inject(NOTIFICATION_DELIVERY) private readonly delivery: NotificationDelivery,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /** Called by Nest. */
  onApplicationBootstrap(): void {
    if (!this.options.reconciliation.enabled || !isDurable(this.delivery)) return;
    this.delivery.intents.serve((intent) => this.ask(intent));
  }

  /**
   * Asks for one call now. DOKU wants 60 seconds to have passed since the payment.
   *
   * @param options `customer`: for queries that need one, in place of what `reconciliation.customer` gives
   * @throws DokuConfigurationError without a durable delivery, or without a customer where the query needs one
   * @throws DokuValidationError when no query is known for the operation
   * @throws DokuUnavailableError when what was found could not be queued: ask again
   * @throws DokuError when DOKU could not be asked
   */
  async reconcile(
    request: DokuReconciliationRequest,
    options: Pick<DokuCallOptions, 'customer' | 'signal' | 'timeoutMs'> = {},
  ): Promise<DokuReconciliation> {
    const delivery = this.durable();
    const money = this.operationOf(request.operation);
    const intent = intentOf(request, money);
    const customer = options.customer ?? (await this.customerOf(intent, money));
    const answer = await this.query.ask(money, intent, {
      ...options,
      ...(customer && { customer }),
    });
    if (answer.outcome !== 'final') return { outcome: answer.outcome };
    if (!(await this.deliver(answer.events, intent))) {
      throw new DokuUnavailableError(
        'DOKU has answered, but the engine of the durable delivery did not take the event',
        {
          operation: money.query.name,
          merchant: intent.merchant,
          reference: intent.reference,
          fix: 'Ask again once it is back.',
        },
      );
    }
    const keys = answer.events.flatMap(intentsSettledBy);
    // Best effort: what stays is asked for once more.
    await Promise.allSettled([intent, ...keys].map((key) => delivery.intents.settle(key)));
    return answer;
  }

  /** @throws whatever kept DOKU from being asked, unless the time is over */
  private async ask(intent: DokuPaymentIntent): Promise<IntentVerdict> {
    const { giveUpAfterMs } = this.options.reconciliation;
    const isOver = Date.now() - Date.parse(intent.recordedAt) >= giveUpAfterMs;
    let answer: StatusAnswer | undefined;
    try {
      const money = this.operationOf(intent.operation);
      const customer = await this.customerOf(intent, money);
      answer = await this.query.ask(money, intent, customer ? { customer } : {});
    } catch (error) {
      this.logger.warn(
        `${lineOf(intent)} could not be asked for, and stays open: ${describeFailure(error).summary}`,
      );
      if (!isOver) throw error;
    }
    if (answer?.outcome === 'final') {
      return (await this.deliver(answer.events, intent)) ? 'settled' : 'open';
    }
    if (!isOver) return 'open';
    const event = unresolvedEvent(intent, answer?.queryId ?? '');
    return (await this.deliver([event], intent)) ? 'settled' : 'open';
  }

  /** Whether all are with the delivery now, or were before. */
  private async deliver(
    events: readonly DokuEvent[],
    { operation, recordedAt }: DokuPaymentIntent,
  ): Promise<boolean> {
    let isTaken = true;
    for (const event of events) {
      const outcome = await this.delivery.deliver(event);
      const ageMs = Date.now() - Date.parse(recordedAt);
      const isNew = outcome === 'queued' || outcome === 'delivered';
      const isFine = isNew || outcome === 'duplicate';
      const { type, channel, merchant, id, reference = '' } = event;
      this.logger[isFine && type !== 'payment.unresolved' ? 'log' : 'warn'](
        `reconciled operation=${operation} type=${type} channel=${channel} merchant=${merchant} id=${id} reference=${JSON.stringify(reference)} outcome=${outcome} ageMs=${ageMs}`,
      );
      if (isNew && type !== 'payment.unresolved') {
        publish('nestjs-doku:payment.reconciled', () => ({ event: eventFacts(event), ageMs }));
      }
      isTaken &&= isFine;
    }
    return isTaken;
  }

  /** The customer whose token the query carries; `undefined` where it carries none. */
  private async customerOf(
    intent: DokuPaymentIntent,
    { query }: MoneyOperationOfChannel,
  ): Promise<DokuCustomer | undefined> {
    if (query.customer === undefined) return undefined;
    const customer = await this.options.reconciliation.customer?.(intent);
    if (customer !== undefined) return customer;
    throw new DokuConfigurationError(
      `gives no customer for ${intent.operation}, and ${query.name} needs one`,
      'reconciliation.customer',
      'Find the customer by the reference: async ({ reference }) => ({ accountId }).',
    );
  }

  private operationOf(name: string): MoneyOperationOfChannel {
    const money = this.operations.named(name);
    if (money) return money;
    throw new DokuValidationError(
      [`operation "${name}" has no query; these have: ${this.operations.names().join(', ')}`],
      { operation: 'reconcile', fix: 'Give the name of such an operation.' },
    );
  }

  private durable(): DurableDelivery {
    if (isDurable(this.delivery)) return this.delivery;
    throw new DokuConfigurationError(
      'is "inline", and reconciliation needs a durable delivery',
      'notifications.delivery',
      "Set it to bullMqDelivery({ connection }) of 'nestjs-doku/bullmq'; without, ask with checkStatus of the channel.",
    );
  }
}

function intentOf(
  {
    merchant = 'default',
    operation,
    reference,
    attempt = '',
    recordedAt,
  }: DokuReconciliationRequest,
  { channel, kind }: MoneyOperationOfChannel,
): DokuPaymentIntent {
  const problems = [
    ...(typeof reference === 'string' && reference !== '' ? [] : ['reference must be a text']),
    ...(kind === 'refund' && attempt === ''
      ? ['attempt is mandatory for a refund: its partnerRefundNo']
      : []),
    ...(recordedAt === undefined || !Number.isNaN(Date.parse(recordedAt))
      ? []
      : ['recordedAt must be a moment in ISO 8601']),
  ];
  if (problems.length > 0) throw new DokuValidationError(problems, { operation: 'reconcile' });
  return {
    merchant,
    channel,
    operation,
    kind,
    reference,
    attempt,
    ids: {},
    recordedAt: recordedAt ?? new Date().toISOString(),
    call: '',
  };
}

function lineOf({ operation, merchant, reference }: DokuPaymentIntent): string {
  return `operation=${operation} merchant=${merchant} reference=${JSON.stringify(reference)}`;
}
