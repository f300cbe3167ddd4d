import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { messageOf } from '../engine/error-text.js';
import { valueAt } from '../engine/json.js';
import { Settings } from '../engine/settings.js';
import { Shutdown } from '../engine/shutdown.js';

/** How the merchant's side answered; `null` when no answer came, and then why. */
export interface MerchantAnswer {
  readonly status: number | null;
  readonly answer: string;
}

/** Posts to merchants, who may be slow, broken or not there. */
@Injectable()
export class MerchantClient {
  constructor(
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
  ) {}

  /** Never throws, whatever the other side does. */
  async post(url: URL, headers: OutgoingHttpHeaders, body: Buffer): Promise<MerchantAnswer> {
    try {
      return await this.exchange(url, headers, body);
    } catch (error) {
      return { status: null, answer: messageOf(valueAt(error, 'cause') ?? error) };
    }
  }

  private exchange(url: URL, headers: OutgoingHttpHeaders, body: Buffer): Promise<MerchantAnswer> {
    const { notificationTimeoutMs } = this.settings.current;
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = open(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        ...headers,
      },
      // A connection of its own, so that none is left open between attempts.
      agent: false,
      signal: AbortSignal.any([this.shutdown.signal, AbortSignal.timeout(notificationTimeoutMs)]),
    });
    return new Promise((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((answer) => {
          resolve({ status, answer });
        }, reject);
      });
      outgoing.end(body);
    });
  }
}
