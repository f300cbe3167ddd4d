import { Inject, Injectable, Logger } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { DeliveryOutcome } from './delivery-outcome.js';
import type { DokuEvent } from './doku-event.js';
import { InlineDelivery } from './inline-delivery.js';

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
    private readonly delivery: InlineDelivery,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /** Whether DOKU may be told that all is done; otherwise it has to send again. */
  async take(event: DokuEvent, circumstances: Circumstances): Promise<boolean> {
    const outcome = await this.delivery.deliver(event);
    const isAccepted =
      outcome !== 'failed' &&
      !(outcome === 'unheard' && this.options.notifications.unhandled === 'refuse');
    const isFine =
      isAccepted && outcome !== 'unheard' && circumstances.timestampFault === undefined;
    this.logger[isFine ? 'log' : 'warn'](lineOf(event, outcome, isAccepted, circumstances));
    return isAccepted;
  }
}

/** A channel that is not ours is DOKU's own text. */
function safe(channel: string): string {
  return /^[\w.-]+$/.test(channel) ? channel : JSON.stringify(channel);
}

function lineOf(
  event: DokuEvent,
  outcome: DeliveryOutcome,
  isAccepted: boolean,
  { receivedAt, transportIdName, timestampFault }: Circumstances,
): string {
  return (
    `notification type=${event.type} channel=${safe(event.channel)} merchant=${event.merchant}` +
    ` id=${event.id} reference=${JSON.stringify(event.reference ?? '')}` +
    ` ${transportIdName}=${JSON.stringify(event.delivery.transportId)} outcome=${outcome}` +
    ` status=${isAccepted ? 200 : 500} durationMs=${Date.now() - receivedAt.getTime()}` +
    (outcome === 'unheard' ? ' (nothing listens: add an @OnDokuEvent)' : '') +
    (timestampFault === undefined
      ? ''
      : ` (${timestampFault}; notifications.timestampWindow is "observe")`)
  );
}
