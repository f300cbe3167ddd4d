import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { RequestRecorder, type RecordedRequest } from './request-recorder.js';
import { toHeaderAddress } from './web-address.js';
import { urlOf, type RawRequest } from './raw-request.js';
import type { Fault } from './faults.js';
import type { UnsignedAnswer } from './idempotency.js';

const DEFAULT_DELAY_MS = 1_000;

/** An authentic call, in the terms that faults need; each family of the gateway has its own. */
export interface RunnableCall {
  readonly request: RawRequest;
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
  /**
   * Does the work and gives its answer, also when that is a refusal.
   * @param answered - resolves when the answer has left, or never will
   */
  readonly process: (answered: Promise<void>, delayMs: number) => Promise<UnsignedAnswer>;
  readonly send: (answer: UnsignedAnswer, fault?: Fault) => Promise<void>;
  /** What a fault answers in place of the work's own answer. */
  readonly standIn: (fault: Fault) => UnsignedAnswer;
}

/** Processes a call and answers it, as its fault wants it, if it has one. */
@Injectable()
export class FaultRunner {
  constructor(private readonly recorder: RequestRecorder) {}

  async run(call: RunnableCall, fault: Fault | undefined): Promise<void> {
    const { request, response, record } = call;
    if (fault !== undefined) record.fault = fault.fault;
    switch (fault?.fault) {
      case 'drop-before-processing':
        response.socket?.destroy();
        return;
      case 'hang':
        if (fault.processed) await call.process(Promise.resolve(), 0);
        // The caller may have left meanwhile; then there is nothing to wait for.
        if (!response.closed) await once(response, 'close');
        return;
      case 'error-500':
      case 'error-503':
      case 'error-504':
      case 'in-progress':
      case 'refuse':
        if (fault.processed) await call.process(closed(response), 0);
        await call.send(call.standIn(fault));
        return;
      case 'redirect': {
        const location =
          fault.location === undefined
            ? `https://elsewhere.invalid${urlOf(request)}`
            : toHeaderAddress(fault.location);
        this.recorder.answer(record, 302);
        response.writeHead(302, { Location: location, 'Content-Length': 0 });
        response.end();
        return;
      }
      case 'foreign-conflict':
        await call.send(call.standIn(fault));
        return;
      default:
        await execute(call, fault);
    }
  }
}

async function execute(call: RunnableCall, fault?: Fault): Promise<void> {
  const { answered, settle } = createAnswered();
  try {
    const delayMs = fault?.fault === 'delay' ? (fault.ms ?? DEFAULT_DELAY_MS) : 0;
    const answer = await call.process(answered, delayMs);
    const isReplayed = fault?.fault === 'conflict-replay' && answer.reason === undefined;
    await call.send(isReplayed ? { ...answer, status: 409 } : answer, fault);
  } finally {
    settle();
  }
}

function createAnswered(): { answered: Promise<void>; settle: () => void } {
  let settle = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { answered, settle };
}

async function closed(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close');
}
