import { Inject, Injectable, Logger } from '@nestjs/common';

import { ChannelNames } from '../channels/channel-names.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { InboundTokens } from './inbound-tokens.js';
import type { InboundReceiver } from './inbound-receiver.js';
import { type IntakeVerdict, NotificationIntake } from './notification-intake.js';
import type { NotificationReply } from './notification-reply.js';
import { parseBody } from './parse-body.js';
import type { RawNotification } from './raw-notification.js';
import { reportRefusal } from './refused-call.js';
import { snapEvent } from './snap-event.js';
import { isSignedByDokuKey, isSignedBySecret } from './snap-notification-signature.js';
import { tellsOfBinding } from './snap-notification.js';
import {
  BINDING_ACCEPTED,
  BINDING_NOT_PROCESSED,
  BINDING_UNAVAILABLE,
  INVALID_BODY,
  INVALID_SIGNATURE,
  INVALID_TIMESTAMP,
  INVALID_TOKEN,
  NOTIFICATION_TOO_LARGE,
  PAYMENT_ACCEPTED,
  PAYMENT_NOT_PROCESSED,
  PAYMENT_UNAVAILABLE,
} from './snap-reply.js';
import { timestampFault } from './timestamp-window.js';

/** DOKU's last retry comes 12 hours after the first attempt; an hour is for its clock and ours. */
const LATE_TOKEN_MS = 13 * 60 * 60 * 1000;

/** A notification whose headers are there once each. */
interface ReadNotification {
  readonly path: string;
  readonly body: Buffer;
  readonly timestamp: string;
  readonly signature: string;
  /** The bearer token as received; `''` when none is shown. */
  readonly accessToken: string;
}

/**
 * Takes in a SNAP notification of a payment or a binding: signature, then token, and only then is the
 * body parsed (reference snap 12.3 to 12.6).
 */
@Injectable()
export class SnapNotificationReceiver implements InboundReceiver {
  readonly tooLarge = NOTIFICATION_TOO_LARGE;
  readonly notProcessed = PAYMENT_NOT_PROCESSED;
  private readonly logger = new Logger('DokuNotifications');
  private readonly settings: ResolvedDokuOptions['notifications'];
  private readonly onlyMerchant: ResolvedMerchant | undefined;

  constructor(
    private readonly merchants: MerchantRegistry,
    private readonly tokens: InboundTokens,
    private readonly intake: NotificationIntake,
    private readonly channels: ChannelNames,
    @Inject(DOKU_OPTIONS) options: ResolvedDokuOptions,
  ) {
    this.settings = options.notifications;
    const [first, ...others] = options.merchants.values();
    this.onlyMerchant = others.length === 0 ? first : undefined;
  }

  async receive(request: RawNotification): Promise<NotificationReply> {
    const receivedAt = new Date();
    const path = this.settings.publicBasePath + request.url;
    const notification = read(request, path);
    if (typeof notification === 'string') return this.refuse(notification, path);
    const merchant = this.merchantOf(request, notification);
    if (!merchant) return this.refuse(UNKNOWN_MERCHANT, path);

    const proof = this.proofOf(notification, merchant);
    if (proof === undefined) return this.refuse(UNSIGNED, path, merchant);
    const tokenFault = this.tokenFault(notification, merchant, proof, receivedAt);
    if (tokenFault !== undefined) return this.refuse(tokenFault, path, merchant, INVALID_TOKEN);
    const fault = timestampFault(notification.timestamp, receivedAt);
    if (fault !== undefined && this.settings.timestampWindow === 'enforce') {
      return this.refuse(fault, path, merchant, INVALID_TIMESTAMP);
    }
    const payload = parseBody(notification.body);
    if (!payload) return this.refuse('the body is not JSON', path, merchant, INVALID_BODY);

    const event = snapEvent({
      source: 'notification',
      merchant: merchant.name,
      rawBody: notification.body,
      payload: payload.value,
      channel: this.channels.ofSnap(payload.value),
      transportId: request.header('x-external-id') ?? '',
      receivedAt,
    });
    const verdict = await this.intake.take(event, {
      receivedAt,
      transportIdName: 'externalId',
      timestampFault: fault,
    });
    return (tellsOfBinding(payload.value) ? BINDING_REPLIES : PAYMENT_REPLIES)[verdict];
  }

  /** By `X-PARTNER-ID`; where it is absent, the only merchant, or the one that the token was issued for. */
  private merchantOf(
    { header }: RawNotification,
    { accessToken }: ReadNotification,
  ): ResolvedMerchant | undefined {
    const partnerId = header('x-partner-id');
    if (partnerId !== undefined) return this.merchants.ofInboundClientId(partnerId);
    return this.onlyMerchant ?? this.tokens.merchantOf(accessToken);
  }

  /** How a notification is proved to be DOKU's; `undefined` when it is not. */
  private proofOf(
    notification: ReadNotification,
    merchant: ResolvedMerchant,
  ): 'symmetric' | 'asymmetric' | undefined {
    if (isSignedBySecret(notification, merchant.inbound.acceptedSecretKeys)) return 'symmetric';
    return this.settings.asymmetricSignatures === 'accept' &&
      isSignedByDokuKey(notification, merchant.dokuPublicKeys)
      ? 'asymmetric'
      : undefined;
  }

  private tokenFault(
    { accessToken }: ReadNotification,
    merchant: ResolvedMerchant,
    proof: 'symmetric' | 'asymmetric',
    now: Date,
  ): string | undefined {
    const { requireIssuedToken, lateTokens } = this.settings;
    if (!requireIssuedToken) return undefined;
    const expiresAt = this.tokens.expiryOf(accessToken, merchant);
    if (expiresAt === undefined) {
      return merchant.dokuPublicKeys.length === 0 ? NO_KEY : NOT_ISSUED_HERE;
    }
    // Only the symmetric signature covers the token, and so proves that DOKU used it.
    const isGraceful = lateTokens === 'accept' && proof === 'symmetric';
    const lateMs = now.getTime() - expiresAt;
    return lateMs > (isGraceful ? LATE_TOKEN_MS : 0)
      ? `the token expired ${Math.ceil(lateMs / 1000)} s ago`
      : undefined;
  }

  private refuse(
    cause: string,
    path: string,
    merchant?: ResolvedMerchant,
    reply = INVALID_SIGNATURE,
  ): NotificationReply {
    const { status } = reply;
    reportRefusal(this.logger, { cause, target: path, merchant: merchant?.name, status });
    return reply;
  }
}

const PAYMENT_REPLIES: Readonly<Record<IntakeVerdict, NotificationReply>> = {
  accepted: PAYMENT_ACCEPTED,
  'not-processed': PAYMENT_NOT_PROCESSED,
  unavailable: PAYMENT_UNAVAILABLE,
};
const BINDING_REPLIES: Readonly<Record<IntakeVerdict, NotificationReply>> = {
  accepted: BINDING_ACCEPTED,
  'not-processed': BINDING_NOT_PROCESSED,
  unavailable: BINDING_UNAVAILABLE,
};

const UNKNOWN_MERCHANT =
  'unknown X-PARTNER-ID, or none and the token is not from here either (of several merchants, which?)';
const UNSIGNED =
  'the signature does not match: another secret, another body, another token than the one shown, or DOKU calls another path (see publicBasePath)';
const NO_KEY =
  'no dokuPublicKey is configured for this merchant, so no token was ever issued (see requireIssuedToken)';
const NOT_ISSUED_HERE =
  'the token was not issued here for this merchant, or under a secret that is no longer accepted (see requireIssuedToken)';

const SINGLE = ['x-timestamp', 'x-signature', 'x-partner-id', 'x-external-id', 'authorization'];

/** What takes part in the checks, or why there is nothing to check. */
function read({ header, repeats, body }: RawNotification, path: string): ReadNotification | string {
  const repeated = SINGLE.filter(repeats);
  if (repeated.length > 0) return `${repeated.join(', ')} repeated`;
  const [timestamp, signature] = [header('x-timestamp'), header('x-signature')];
  if (timestamp === undefined) return 'x-timestamp absent';
  if (signature === undefined) return 'x-signature absent';
  const accessToken = bearerOf(header('authorization'));
  if (accessToken === undefined) return 'authorization is no bearer token';
  return { path, body, timestamp, signature, accessToken };
}

function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return '';
  const bearer = /^bearer(?: +(\S+))?$/i.exec(authorization);
  return bearer ? (bearer[1] ?? '') : undefined;
}
