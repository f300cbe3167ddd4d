import { randomUUID } from 'node:crypto';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { messageOf } from '../engine/error-text.js';
import { valueAt, type JsonObject } from '../engine/json.js';
import { Settings } from '../engine/settings.js';
import { Shutdown } from '../engine/shutdown.js';
import { createSignature, createStringToSign, toWireTimestamp } from '../engine/signature.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import type { Merchant } from '../engine/merchants.js';
import type { Breakage, DeliveryAttempt } from './notification.js';

/** How much of the merchant's answer is kept. */
const KEPT_ANSWER_CHARACTERS = 2_000;

/** What goes out in one attempt. */
export interface Delivery {
  readonly merchant: Merchant;
  readonly url: string;
  readonly requestId: string;
  readonly body: JsonObject;
  readonly broken?: Breakage;
}

/** Signs notifications and posts them (reference 2.2 and 4.2). */
@Injectable()
export class NotificationSender {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
  ) {}

  /** One attempt; never throws, whatever the other side does. */
  async send(delivery: Delivery): Promise<DeliveryAttempt> {
    const at = this.clock.now().toISOString();
    const startedAt = performance.now();
    let outcome: Pick<DeliveryAttempt, 'status' | 'answer'>;
    try {
      outcome = await this.post(delivery);
    } catch (error) {
      outcome = { status: null, answer: messageOf(valueAt(error, 'cause') ?? error) };
    }
    const { requestId, broken } = delivery;
    const durationMs = Math.round(performance.now() - startedAt);
    return { at, requestId, ...(broken && { broken }), ...outcome, durationMs };
  }

  private async post(delivery: Delivery): Promise<Pick<DeliveryAttempt, 'status' | 'answer'>> {
    const url = new URL(delivery.url);
    const { headers, body } = this.createMessage(delivery, url.pathname);
    const { notificationTimeoutMs } = this.settings.current;
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = open(url, {
      method: 'POST',
      headers,
      // A connection of its own, so that none is left open between attempts.
      agent: false,
      signal: AbortSignal.any([this.shutdown.signal, AbortSignal.timeout(notificationTimeoutMs)]),
    });
    return new Promise((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((answer) => {
          resolve({ status, answer: answer.slice(0, KEPT_ANSWER_CHARACTERS) });
        }, reject);
      });
      outgoing.end(body);
    });
  }

  private createMessage(
    { merchant, requestId, body, broken }: Delivery,
    target: string,
  ): { headers: OutgoingHttpHeaders; body: Buffer } {
    const signedBody = Buffer.from(JSON.stringify(body), 'utf8');
    const clientId = broken === 'client-id' ? 'MCH-0000-00000000000000' : merchant.clientId;
    const now = this.clock.wireNow();
    const timestamp = toWireTimestamp(now);
    const stringToSign = createStringToSign({
      clientId,
      requestId,
      timestampName: 'Request-Timestamp',
      timestamp,
      target,
      body: signedBody,
    });
    const secretKey = broken === 'signature' ? randomUUID() : merchant.secretKey;
    const signature = createSignature(stringToSign, secretKey);
    const sentBody = broken === 'body' ? Buffer.from(`${signedBody.toString()} `) : signedBody;
    const headers: OutgoingHttpHeaders = {
      'Content-Type': 'application/json',
      'Content-Length': sentBody.length,
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Timestamp':
        broken === 'timestamp' ? toWireTimestamp(new Date(now.getTime() + 1_000)) : timestamp,
    };
    if (broken === 'duplicate-header') {
      headers.Signature = [signature, createSignature(stringToSign, randomUUID())];
    } else if (broken !== 'unsigned') {
      headers.Signature = signature;
    }
    return { headers, body: sentBody };
  }
}
