import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { createSignature, createStringToSign, toWireTimestamp } from '../engine/signature.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { MerchantClient } from './merchant-client.js';
import type { JsonObject } from '../engine/json.js';
import type { Merchant } from '../engine/merchants.js';
import type { Breakage, DeliveryAttempt } from './notification.js';

/** How much of the merchant's answer is kept. */
export const KEPT_ANSWER_CHARACTERS = 2_000;

/** Who a broken delivery says it is for. */
export const STRANGER = 'MCH-0000-00000000000000';

/** What goes out in one attempt. */
export interface Delivery {
  /** Of the notification. */
  readonly id: string;
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
    private readonly client: MerchantClient,
  ) {}

  /** One attempt; never throws, whatever the other side does. */
  async send(delivery: Delivery): Promise<DeliveryAttempt> {
    const at = this.clock.now().toISOString();
    const startedAt = performance.now();
    const url = new URL(delivery.url);
    const { headers, body } = this.createMessage(delivery, url.pathname);
    const { status, answer } = await this.client.post(url, headers, body);
    const { requestId, broken } = delivery;
    return {
      at,
      requestId,
      ...(broken && { broken }),
      status,
      answer: answer.slice(0, KEPT_ANSWER_CHARACTERS),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  private createMessage(
    { merchant, requestId, body, broken }: Delivery,
    target: string,
  ): { headers: OutgoingHttpHeaders; body: Buffer } {
    const signedBody = Buffer.from(JSON.stringify(body), 'utf8');
    const clientId = broken === 'client-id' ? STRANGER : merchant.clientId;
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
