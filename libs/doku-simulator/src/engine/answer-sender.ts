import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { RequestRecorder, type RecordedRequest } from './request-recorder.js';
import { Shutdown } from './shutdown.js';
import { SimulatorClock } from './simulator-clock.js';
import type { FaultKind } from './faults.js';
import type { UnsignedAnswer } from './idempotency.js';

/** An answer with the headers that its family gives it. */
export interface Answer extends UnsignedAnswer {
  readonly headers: OutgoingHttpHeaders;
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

/** Notes answers and sends them, spoilt if a fault wants so. */
@Injectable()
export class AnswerSender {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly recorder: RequestRecorder,
    private readonly shutdown: Shutdown,
  ) {}

  /** Resolves when the answer has left or the caller is gone. */
  async send(
    response: ServerResponse,
    record: RecordedRequest,
    answer: Answer,
    fault?: AnswerFault,
  ): Promise<void> {
    // What was interrupted by stop() has no answer worth sending.
    if (this.shutdown.signal.aborted) {
      response.socket?.destroy();
      return;
    }
    if (answer.reason !== undefined) this.recorder.refuse(record, answer.reason);
    if (fault?.fault !== 'drop-after-processing') {
      this.recorder.answer(record, fault?.fault === 'garbage' ? 200 : answer.status);
    }
    if (response.destroyed || response.socket === null) return;
    // Callers set their clock by it, so it tells the time of the wire and of this moment.
    response.setHeader('Date', this.clock.wireNow().toUTCString());
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
        await sendTruncated(response, answer);
        return;
      case 'drip':
        await sendDripping(response, answer, fault.ms ?? DEFAULT_DRIP_MS);
        return;
      default:
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
    }
    await gone(response);
  }
}

async function sendTruncated(response: ServerResponse, answer: Answer): Promise<void> {
  const length = answer.body.length + MISSING_BYTES;
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': length });
  response.write(answer.body, () => response.socket?.destroySoon());
  await gone(response);
}

async function sendDripping(response: ServerResponse, answer: Answer, ms: number): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < answer.body.length) response.write(answer.body.subarray(sent, ++sent));
    else response.end();
  }, ms);
  timer.unref();
  await gone(response);
  clearInterval(timer);
}

async function gone(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close');
}
