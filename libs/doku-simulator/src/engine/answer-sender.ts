import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { createSignature, createStringToSign, toWireTimestamp } from './signature.js';
import { SimulatorClock } from './simulator-clock.js';
import type { FaultKind } from './faults.js';
import type { Merchant } from './merchants.js';

/** An answer and what its headers need. */
export interface Answer {
  readonly method: string;
  /** The path that was called; part of what is signed. */
  readonly target: string;
  readonly status: number;
  readonly body: Buffer;
  /** Absent when the caller is not known: such an answer cannot be signed. */
  readonly merchant?: Merchant;
  /** As the caller sent them, to be echoed. */
  readonly clientId?: string;
  readonly requestId?: string;
}

/** How an answer is spoilt on its way. */
export interface AnswerFault {
  readonly fault: FaultKind;
  readonly ms?: number;
}

const DEFAULT_DRIP_MS = 200;
/** By how much a truncated answer claims to be longer than it is. */
const MISSING_BYTES = 64;
const GARBAGE = '<!doctype html><html><body><h1>It works!</h1></body></html>';

/** Signs answers and sends them, spoilt if a fault wants so. */
@Injectable()
export class AnswerSender {
  constructor(private readonly clock: SimulatorClock) {}

  /** Resolves when the answer has left or the caller is gone. */
  async send(response: ServerResponse, answer: Answer, fault?: AnswerFault): Promise<void> {
    if (response.destroyed || response.socket === null) return;
    switch (fault?.fault) {
      case 'drop-after-processing':
      case 'drop-before-processing':
        response.socket.destroy();
        return;
      case 'garbage':
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.end(GARBAGE);
        break;
      case 'truncated':
        await this.sendTruncated(response, answer);
        return;
      case 'drip':
        await this.sendDripping(response, answer, fault.ms ?? DEFAULT_DRIP_MS);
        return;
      default:
        response.writeHead(answer.status, this.headersFor(answer, fault?.fault));
        response.end(answer.body);
    }
    await gone(response);
  }

  private async sendTruncated(response: ServerResponse, answer: Answer): Promise<void> {
    const headers = this.headersFor(answer);
    headers['Content-Length'] = answer.body.length + MISSING_BYTES;
    response.writeHead(answer.status, headers);
    response.write(answer.body, () => response.socket?.destroySoon());
    await gone(response);
  }

  private async sendDripping(response: ServerResponse, answer: Answer, ms: number): Promise<void> {
    response.writeHead(answer.status, this.headersFor(answer));
    let sent = 0;
    const timer = setInterval(() => {
      if (sent < answer.body.length) response.write(answer.body.subarray(sent, ++sent));
      else response.end();
    }, ms);
    timer.unref();
    await gone(response);
    clearInterval(timer);
  }

  private headersFor(answer: Answer, fault?: FaultKind): Record<string, string | number> {
    const requestId = fault === 'echo-mismatch' ? randomUUID() : answer.requestId;
    const timestamp = toWireTimestamp(this.clock.wireNow());
    const headers: Record<string, string | number> = {
      'Content-Type': 'application/json',
      'Content-Length': answer.body.length,
      'Response-Timestamp': timestamp,
    };
    if (answer.clientId !== undefined) headers['Client-Id'] = answer.clientId;
    if (requestId !== undefined) headers['Request-Id'] = requestId;
    if (answer.merchant === undefined || requestId === undefined || fault === 'unsigned') {
      return headers;
    }
    const stringToSign = createStringToSign({
      clientId: answer.merchant.clientId,
      requestId,
      timestampName: 'Response-Timestamp',
      timestamp,
      target: answer.target,
      ...(answer.method === 'GET' ? {} : { body: answer.body }),
    });
    const secretKey = fault === 'wrong-signature' ? randomUUID() : answer.merchant.secretKey;
    headers.Signature = createSignature(stringToSign, secretKey);
    return headers;
  }
}

async function gone(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close');
}
