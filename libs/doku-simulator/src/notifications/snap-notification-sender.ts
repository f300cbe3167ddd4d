import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { valueAt } from '../engine/json.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { DOKU_PRIVATE_KEY } from '../simulator.tokens.js';
import {
  createBodyHash,
  createSnapMac,
  createSnapStringToSign,
  createTokenStringToSign,
  signWithRsa,
} from '../snap/snap-signature.js';
import { toJakartaTime } from '../snap/snap-time.js';
import { TokenBook } from '../snap/token-book.js';
import { MerchantClient } from './merchant-client.js';
import { KEPT_ANSWER_CHARACTERS, STRANGER, type Delivery } from './notification-sender.js';
import type { Merchant } from '../engine/merchants.js';
import type { DeliveryAttempt, TokenRequest } from './notification.js';

/** The bearer of a delivery, and how it was come by. */
interface Bearer {
  /** `undefined`: none could be had, so nothing is sent. */
  readonly text: string | undefined;
  readonly request?: TokenRequest;
}

/** Asks the merchant for a token, signs SNAP notifications and posts them (snap reference 12). */
@Injectable()
export class SnapNotificationSender {
  /** Texts of tokens by notification, for deliveries that keep them. */
  private readonly keptTokens = new Map<string, string>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
    private readonly client: MerchantClient,
    private readonly tokens: TokenBook,
    @Inject(DOKU_PRIVATE_KEY) private readonly privateKey: KeyObject,
  ) {}

  /** One attempt; never throws, whatever the other side does. */
  async send(delivery: Delivery): Promise<DeliveryAttempt> {
    const at = this.clock.now().toISOString();
    const startedAt = performance.now();
    const { requestId, broken } = delivery;
    const bearer = await this.getBearer(delivery);
    const { status, answer } =
      bearer.text === undefined
        ? { status: null, answer: 'Not sent: the merchant gave no token.' }
        : await this.post(delivery, bearer.text);
    return {
      at,
      requestId,
      ...(broken && { broken }),
      ...(bearer.request && { token: bearer.request }),
      status,
      answer: answer.slice(0, KEPT_ANSWER_CHARACTERS),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  private async getBearer({ id, merchant }: Delivery): Promise<Bearer> {
    const { notificationToken, snapNotificationSignature } = this.settings.current;
    if (snapNotificationSignature === 'asymmetric') return { text: '' };
    if (merchant.tokenUrl === undefined) {
      return { text: this.tokens.newest(merchant.clientId) ?? '' };
    }
    const kept = this.keptTokens.get(id);
    if (notificationToken === 'keep' && kept !== undefined) {
      const request = { status: null, answer: 'The token of an earlier delivery.', isKept: true };
      return { text: kept, request };
    }
    const bearer = await this.fetchToken(merchant, merchant.tokenUrl);
    if (bearer.text !== undefined) this.keptTokens.set(id, bearer.text);
    return bearer;
  }

  private async fetchToken({ clientId }: Merchant, tokenUrl: string): Promise<Bearer> {
    const timestamp = toJakartaTime(this.clock.wireNow());
    const { status, answer } = await this.client.post(
      new URL(tokenUrl),
      {
        'X-CLIENT-KEY': clientId,
        'X-TIMESTAMP': timestamp,
        'X-SIGNATURE': signWithRsa(createTokenStringToSign(clientId, timestamp), this.privateKey),
      },
      Buffer.from('{"grantType":"client_credentials"}'),
    );
    const text = status !== null && status < 300 ? readToken(answer) : undefined;
    const shown = text === undefined ? answer : answer.replaceAll(text, '…');
    return {
      text,
      request: { status, answer: shown.slice(0, KEPT_ANSWER_CHARACTERS), isKept: false },
    };
  }

  private post(
    delivery: Delivery,
    bearer: string,
  ): Promise<Pick<DeliveryAttempt, 'status' | 'answer'>> {
    const { broken, merchant, requestId } = delivery;
    const url = new URL(delivery.url);
    const token = broken === 'token' ? randomBytes(24).toString('base64url') : bearer;
    const signedBody = Buffer.from(JSON.stringify(delivery.body), 'utf8');
    // White space would not count: signatures are over the minified body.
    const sentBody =
      broken === 'body'
        ? Buffer.from(JSON.stringify({ ...delivery.body, spoilt: true }), 'utf8')
        : signedBody;
    const now = this.clock.wireNow();
    const timestamp = toJakartaTime(now);
    const target = url.pathname + url.search;
    const parts = { method: 'POST', target, token, body: signedBody, timestamp };
    const signature = this.sign(parts, merchant, broken === 'signature');
    const headers: OutgoingHttpHeaders = {
      'X-PARTNER-ID': broken === 'client-id' ? STRANGER : merchant.clientId,
      'X-EXTERNAL-ID': requestId,
      'X-TIMESTAMP':
        broken === 'timestamp' ? toJakartaTime(new Date(now.getTime() + 1_000)) : timestamp,
      // An empty bearer cannot be written into a header.
      ...(token !== '' && { Authorization: `Bearer ${token}` }),
    };
    if (broken === 'duplicate-header') {
      headers['X-SIGNATURE'] = [signature, this.sign(parts, merchant, true)];
    } else if (broken !== 'unsigned') {
      headers['X-SIGNATURE'] = signature;
    }
    return this.client.post(url, headers, sentBody);
  }

  private sign(
    parts: Parameters<typeof createSnapStringToSign>[0],
    { secretKey }: Merchant,
    isForged: boolean,
  ): string {
    if (this.settings.current.snapNotificationSignature === 'symmetric') {
      return createSnapMac(createSnapStringToSign(parts), isForged ? randomUUID() : secretKey);
    }
    const { method, target, body, timestamp } = parts;
    const text = `${method}:${target}:${createBodyHash(body)}:${timestamp}`;
    return signWithRsa(text, isForged ? createForgersKey() : this.privateKey);
  }
}

function readToken(answer: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(answer);
  } catch {
    return undefined;
  }
  const token = valueAt(body, 'accessToken');
  // What no header can carry is no token.
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function createForgersKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
}
