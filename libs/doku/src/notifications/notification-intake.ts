import { Inject, Injectable, Logger } from '@nestjs/common';

import { eventFacts, publish } from '../diagnostics/doku-diagnostics.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { DeliveryOutcome } from './delivery-outcome.js';
import type { DokuEvent } from './doku-event.js';
import { NOTIFICATION_DELIVERY, type NotificationDelivery } from './notification-delivery.js';
import { publishRefusal } from './refused-call.js';

/** What the log tells of a notification beside its event. */
interface Circumstances {
  readonly receivedAt: Date;
  /** What DOKU calls the id of the delivery. */
  readonly transportIdName: 'requestId' | 'externalId';
  /** What is wrong with its timestamp, where that is only observed. */
  readonly timestampFault?: string | undefined;
}

/** Hands the event of a verified notification to the listeners, and writes the notification's one line. */
@Injectable()
export class NotificationIntake {
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    @Inject(NOTIFICATION_DELIVERY) private readonly delivery: NotificationDelivery,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /** What DOKU may be told of the notification. */
  async take(event: DokuEvent, circumstances: Circumstances): Promise<IntakeVerdict> {
    const outcome = await this.delivery.deliver(event);
    const verdict = this.verdictOn(outcome);
    const isFine =
      verdict === 'accepted' && outcome !== 'unheard' && circumstances.timestampFault === undefined;
    this.logger[isFine ? 'log' : 'warn'](lineOf(event, outcome, verdict, circumstances));
    publishVerdict(event, outcome, verdict, circumstances.receivedAt);
    return verdict;
  }

  private verdictOn(outcome: DeliveryOutcome): IntakeVerdict {
    switch (outcome) {
      case 'unavailable':
        return 'unavailable';
      case 'failed':
        return 'not-processed';
      case 'unheard':
        return this.options.notifications.unhandled === 'refuse' ? 'not-processed' : 'accepted';
      default:
        return 'accepted';
    }
  }
}

/** Whether DOKU may be told that all is done; otherwise it has to send again. */
export type IntakeVerdict = 'accepted' | 'not-processed' | 'unavailable';

const STATUS: Readonly<Record<IntakeVerdict, number>> = {
  accepted: 200,
  'not-processed': 500,
  unavailable: 503,
};

function publishVerdict(
  event: DokuEvent,
  outcome: DeliveryOutcome,
  verdict: IntakeVerdict,
  receivedAt: Date,
): void {
  if (verdict !== 'accepted') {
    publishRefusal({
      cause: CAUSES[outcome] ?? 'it could not be processed',
      merchant: event.merchant,
      status: STATUS[verdict],
    });
  } else if (outcome === 'duplicate') {
    publish('nestjs-doku:notification.duplicate', () => ({ event: eventFacts(event) }));
  } else {
    publish('nestjs-doku:notification.accepted', () => ({
      event: eventFacts(event),
      durationMs: Date.now() - receivedAt.getTime(),
    }));
  }
}

const CAUSES: Readonly<Partial<Record<DeliveryOutcome, string>>> = {
  failed: 'a listener has not succeeded',
  unheard: 'nothing listens to the event',
  unavailable: 'the event could not be queued',
};

/** A channel that is not ours is DOKU's own text. */
function safe(channel: string): string {
  return /^[\w.-]+$/.test(channel) ? channel : JSON.stringify(channel);
}

function lineOf(
  event: DokuEvent,
  outcome: DeliveryOutcome,
  verdict: IntakeVerdict,
  { receivedAt, transportIdName, timestampFault }: Circumstances,
): string {
  return (
    `notification type=${event.type} channel=${safe(event.channel)} merchant=${event.merchant}` +
    ` id=${event.id} reference=${JSON.stringify(event.reference ?? '')}` +
    ` ${transportIdName}=${JSON.stringify(event.delivery.transportId)} outcome=${outcome}` +
    ` status=${STATUS[verdict]} durationMs=${Date.now() - receivedAt.getTime()}` +
    (outcome === 'unheard' ? ' (nothing listens: add an @OnDokuEvent)' : '') +
    (timestampFault === undefined
      ? ''
      : ` (${timestampFault}; notifications.timestampWindow is "observe")`)
  );
}
