import { Inject, Injectable, Logger } from '@nestjs/common';

import { ChannelNames } from '../channels/channel-names.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { verifyNonSnapSignature } from '../signing/non-snap-signature.js';
import type { InboundReceiver } from './inbound-receiver.js';
import { nonSnapEvent } from './non-snap-event.js';
import { type IntakeVerdict, NotificationIntake } from './notification-intake.js';
import {
  ACCEPTED,
  MALFORMED,
  NOT_PROCESSED,
  type NotificationReply,
  OUTSIDE_WINDOW,
  TOO_LARGE,
  UNAUTHORISED,
  UNAVAILABLE,
} from './notification-reply.js';
import { parseBody } from './parse-body.js';
import type { RawNotification } from './raw-notification.js';
import { reportRefusal } from './refused-call.js';
import { timestampFault } from './timestamp-window.js';

/** Takes in a non-SNAP notification: verify the bytes, then parse, then deliver (reference non-snap 4). */
@Injectable()
export class NonSnapNotificationReceiver implements InboundReceiver {
  readonly tooLarge = TOO_LARGE;
  readonly notProcessed = NOT_PROCESSED;
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    private readonly merchants: MerchantRegistry,
    private readonly intake: NotificationIntake,
    private readonly channels: ChannelNames,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  async receive(notification: RawNotification): Promise<NotificationReply> {
    const receivedAt = new Date();
    const { publicBasePath, timestampWindow } = this.options.notifications;
    const target = publicBasePath + notification.url;
    const clientId = notification.header('client-id');
    const merchant =
      clientId === undefined ? undefined : this.merchants.ofInboundClientId(clientId);
    if (!merchant) return this.refuse('unknown or repeated Client-Id', target);
    if (!isSigned(notification, merchant, target)) {
      return this.refuse(causeOf(notification), target, merchant);
    }
    const fault = timestampFault(notification.header('request-timestamp') ?? '', receivedAt);
    if (fault !== undefined && timestampWindow === 'enforce') {
      return this.refuse(fault, target, merchant, OUTSIDE_WINDOW);
    }
    const payload = parseBody(notification.body);
    if (!payload) return this.refuse('the body is not JSON', target, merchant, MALFORMED);

    const event = nonSnapEvent({
      source: 'notification',
      merchant: merchant.name,
      rawBody: notification.body,
      payload: payload.value,
      channel: this.channels.ofNonSnap(payload.value),
      transportId: notification.header('request-id') ?? '',
      receivedAt,
    });
    const verdict = await this.intake.take(event, {
      receivedAt,
      transportIdName: 'requestId',
      timestampFault: fault,
    });
    return REPLIES[verdict];
  }

  private refuse(
    cause: string,
    target: string,
    merchant?: ResolvedMerchant,
    reply = UNAUTHORISED,
  ): NotificationReply {
    const { status } = reply;
    reportRefusal(this.logger, { cause, target, merchant: merchant?.name, status });
    return reply;
  }
}

const REPLIES: Readonly<Record<IntakeVerdict, NotificationReply>> = {
  accepted: ACCEPTED,
  'not-processed': NOT_PROCESSED,
  unavailable: UNAVAILABLE,
};

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
