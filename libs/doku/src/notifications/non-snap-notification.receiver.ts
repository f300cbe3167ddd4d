import { Inject, Injectable, Logger } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { verifyNonSnapSignature } from '../signing/non-snap-signature.js';
import type { DokuEvent } from './doku-event.js';
import type { DeliveryOutcome } from './delivery-outcome.js';
import { InlineDelivery } from './inline-delivery.js';
import { nonSnapEvent } from './non-snap-event.js';
import {
  ACCEPTED,
  MALFORMED,
  NOT_PROCESSED,
  type NotificationReply,
  UNAUTHORISED,
} from './notification-reply.js';
import type { RawNotification } from './raw-notification.js';

/** Takes in a non-SNAP notification: verify the bytes, then parse, then deliver (reference non-snap 4). */
@Injectable()
export class NonSnapNotificationReceiver {
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    private readonly merchants: MerchantRegistry,
    private readonly delivery: InlineDelivery,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  async receive(notification: RawNotification): Promise<NotificationReply> {
    const receivedAt = new Date();
    const target = this.options.notifications.publicBasePath + notification.url;
    const clientId = notification.header('client-id');
    const merchant =
      clientId === undefined ? undefined : this.merchants.ofInboundClientId(clientId);
    if (!merchant) return this.refuse('unknown or repeated Client-Id', target);
    if (!isSigned(notification, merchant, target)) {
      return this.refuse(causeOf(notification), target, merchant);
    }

    const payload = parse(notification.body);
    if (payload === undefined) {
      this.logger.warn(`refused cause="the body is not JSON" merchant=${merchant.name}`);
      return MALFORMED;
    }
    const event = nonSnapEvent({
      merchant: merchant.name,
      rawBody: notification.body,
      payload: payload.value,
      transportId: notification.header('request-id') ?? '',
      receivedAt,
    });
    const outcome = await this.delivery.deliver(event);
    return this.reply(event, outcome, receivedAt);
  }

  private reply(event: DokuEvent, outcome: DeliveryOutcome, receivedAt: Date): NotificationReply {
    const isUnheard = outcome === 'unheard';
    const isRefused =
      outcome === 'failed' || (isUnheard && this.options.notifications.unhandled === 'refuse');
    const reply = isRefused ? NOT_PROCESSED : ACCEPTED;
    const level = isUnheard || isRefused ? 'warn' : 'log';
    this.logger[level](
      `notification type=${event.type} channel=${event.channel} merchant=${event.merchant}` +
        ` id=${event.id} reference=${JSON.stringify(event.reference ?? '')}` +
        ` requestId=${JSON.stringify(event.delivery.transportId)} outcome=${outcome}` +
        ` status=${reply.status} durationMs=${Date.now() - receivedAt.getTime()}` +
        (isUnheard ? ' (nothing listens: add an @OnDokuEvent)' : ''),
    );
    return reply;
  }

  private refuse(cause: string, target: string, merchant?: ResolvedMerchant): NotificationReply {
    this.logger.warn(
      `refused cause="${cause}" target=${JSON.stringify(target.slice(0, 200))}` +
        (merchant ? ` merchant=${merchant.name}` : ''),
    );
    return UNAUTHORISED;
  }
}

function isSigned(
  { header, body }: RawNotification,
  merchant: ResolvedMerchant,
  target: string,
): boolean {
  const [requestId, timestamp, signature] = SIGNED.map(header);
  if (requestId === undefined || timestamp === undefined || signature === undefined) return false;
  return merchant.inbound.acceptedSecretKeys.some((secretKey) =>
    verifyNonSnapSignature({
      clientId: merchant.inbound.clientId,
      requestId,
      timestamp,
      target,
      body,
      secretKey,
      signature,
    }),
  );
}

const SIGNED = ['request-id', 'request-timestamp', 'signature'];

function causeOf({ header }: RawNotification): string {
  const lacking = SIGNED.filter((name) => header(name) === undefined);
  return lacking.length > 0
    ? `${lacking.join(', ')} absent or repeated`
    : 'the signature does not match: another secret, another body, or DOKU calls another path (see publicBasePath)';
}

function parse(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
