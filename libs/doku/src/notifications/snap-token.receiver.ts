import { Inject, Injectable, Logger } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { isObject } from '../http/members.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { verifySnapTokenRequest } from '../signing/snap-token-signature.js';
import { parseInstant, snapTimestamp } from '../signing/timestamp.js';
import { InboundTokens, TOKEN_LIFE_S } from './inbound-tokens.js';
import type { InboundReceiver } from './inbound-receiver.js';
import type { NotificationReply } from './notification-reply.js';
import { parseBody } from './parse-body.js';
import type { RawNotification } from './raw-notification.js';
import { reportRefusal } from './refused-call.js';
import {
  invalidTokenField,
  issuedToken,
  missingTokenField,
  TOKEN_NOT_PROCESSED,
  TOKEN_REQUEST_TOO_LARGE,
  TOKEN_UNAUTHORISED,
} from './snap-reply.js';
import { windowFault } from './timestamp-window.js';

/** Issues the token that DOKU shows with its SNAP notifications (reference snap 12.2). */
@Injectable()
export class SnapTokenReceiver implements InboundReceiver {
  readonly tooLarge = TOKEN_REQUEST_TOO_LARGE;
  readonly notProcessed = TOKEN_NOT_PROCESSED;
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    private readonly merchants: MerchantRegistry,
    private readonly tokens: InboundTokens,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  receive(request: RawNotification): NotificationReply {
    const now = new Date();
    const { status, headers, body } = this.answer(request, now);
    return { status, headers: { 'X-TIMESTAMP': snapTimestamp(now), ...headers }, body };
  }

  private answer(request: RawNotification, now: Date): NotificationReply {
    const repeated = SINGLE.filter(request.repeats);
    if (repeated.length > 0) {
      return this.refuse(request, `${repeated.join(', ')} repeated`, TOKEN_UNAUTHORISED);
    }
    const timestamp = request.header('x-timestamp');
    if (timestamp === undefined) {
      return this.refuse(request, 'x-timestamp absent', missingTokenField('X-TIMESTAMP'));
    }
    const signedAt = parseInstant(timestamp);
    if (!signedAt) {
      const cause = 'the timestamp cannot be read';
      return this.refuse(request, cause, invalidTokenField('X-TIMESTAMP'));
    }
    const merchant = this.merchants.ofInboundClientId(request.header('x-client-key') ?? '');
    if (!merchant) {
      return this.refuse(request, 'absent or unknown X-CLIENT-KEY', TOKEN_UNAUTHORISED);
    }
    const fault = signatureFault(request, merchant, timestamp);
    if (fault !== undefined) return this.refuse(request, fault, TOKEN_UNAUTHORISED, merchant);
    const lateness = windowFault(signedAt, now);
    if (lateness !== undefined) {
      return this.refuse(request, lateness, invalidTokenField('X-TIMESTAMP'), merchant);
    }
    const grantFault = grantFaultOf(request.body);
    if (grantFault) {
      const cause = 'the body is not {"grantType":"client_credentials"}';
      return this.refuse(request, cause, grantFault, merchant);
    }
    this.logger.log(
      `token issued merchant=${merchant.name} status=200 durationMs=${Date.now() - now.getTime()}`,
    );
    return issuedToken({
      accessToken: this.tokens.issue(merchant, signedAt),
      expiresIn: TOKEN_LIFE_S,
      clientId: merchant.inbound.clientId,
    });
  }

  private refuse(
    { url }: RawNotification,
    cause: string,
    reply: NotificationReply,
    merchant?: ResolvedMerchant,
  ): NotificationReply {
    const target = this.options.notifications.publicBasePath + url;
    const { status } = reply;
    reportRefusal(this.logger, { cause, target, merchant: merchant?.name, status });
    return reply;
  }
}

const SINGLE = ['x-client-key', 'x-timestamp', 'x-signature'];

function signatureFault(
  { header }: RawNotification,
  { dokuPublicKeys, inbound }: ResolvedMerchant,
  timestamp: string,
): string | undefined {
  if (dokuPublicKeys.length === 0) {
    return "no dokuPublicKey is configured for this merchant: copy it from DOKU's dashboard, Settings, API Keys";
  }
  const signature = header('x-signature');
  if (signature === undefined) return 'x-signature absent';
  const { clientId } = inbound;
  return dokuPublicKeys.some((publicKey) =>
    verifySnapTokenRequest({ clientId, timestamp, publicKey, signature }),
  )
    ? undefined
    : 'the signature does not match: not made with the private half of dokuPublicKey';
}

/** The answer to a body that asks for no token, or `undefined` when it does. Other members are ignored. */
function grantFaultOf(body: Buffer): NotificationReply | undefined {
  const request = parseBody(body)?.value;
  if (!isObject(request)) return invalidTokenField('body');
  const { grantType } = request;
  if (grantType === 'client_credentials') return undefined;
  return (grantType === undefined ? missingTokenField : invalidTokenField)('grantType');
}
