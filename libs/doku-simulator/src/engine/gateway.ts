import { once } from 'node:events';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AnswerSender, type Answer } from './answer-sender.js';
import { CallChecks, type AuthenticCall } from './call-checks.js';
import { messageOf } from './error-text.js';
import { FaultBook, type Fault } from './faults.js';
import { GatewayError } from './gateway-error.js';
import { IdempotencyStore, type Execution, type UnsignedAnswer } from './idempotency.js';
import { MerchantDirectory } from './merchants.js';
import { OperationCatalogue } from './operation-catalogue.js';
import { RequestRecorder, type RecordedRequest } from './request-recorder.js';
import { Settings } from './settings.js';
import { Shutdown } from './shutdown.js';
import { headersAsSent, headerValues, pathOf, urlOf, type RawRequest } from './raw-request.js';
import { toHeaderAddress } from './web-address.js';
import type { Operation, OperationHandler } from './operation.js';

const DEFAULT_DELAY_MS = 1_000;

/** One call on its way through the gateway. */
interface Call {
  readonly operation: Operation;
  readonly handler: OperationHandler;
  readonly request: RawRequest;
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
  readonly authentic: AuthenticCall;
}

/**
 * Takes each call through the same steps: record, check, fault, process once, sign, answer.
 * Channels bring the operation and the work; they know nothing of headers or signatures.
 */
@Injectable()
export class Gateway {
  constructor(
    private readonly checks: CallChecks,
    private readonly faults: FaultBook,
    private readonly idempotency: IdempotencyStore,
    private readonly sender: AnswerSender,
    private readonly recorder: RequestRecorder,
    private readonly settings: Settings,
    private readonly merchants: MerchantDirectory,
    private readonly catalogue: OperationCatalogue,
    private readonly shutdown: Shutdown,
  ) {}

  async handle(
    operation: Operation,
    request: RawRequest,
    response: ServerResponse,
    handler: OperationHandler,
  ): Promise<void> {
    const record = this.record(operation.name, request);
    let authentic: AuthenticCall;
    try {
      authentic = this.checks.authenticate(request, (text) => {
        record.stringToSign = text;
      });
    } catch (error) {
      await this.answer(request, response, record, toAnswer(error));
      return;
    }
    const call: Call = { operation, handler, request, response, record, authentic };
    const fault = this.faults.take(operation.name);
    if (fault === undefined) {
      await this.execute(call);
    } else {
      record.fault = fault.fault;
      await this.executeWithFault(call, fault);
    }
  }

  /** Answers a call that no operation takes, telling what there is. */
  async refuseUnknownPath(request: RawRequest, response: ServerResponse): Promise<void> {
    const record = this.record('unknown', request);
    const path = pathOf(request);
    const methods = this.catalogue.onPath(path).map(({ method }) => method);
    const error =
      methods.length > 0
        ? new GatewayError(
            'NOT_FOUND',
            'METHOD_NOT_ALLOWED',
            `${path} is called with ${methods.join(' or ')}, not with ${record.method}.`,
          )
        : new GatewayError(
            'NOT_FOUND',
            'UNKNOWN_PATH',
            `The simulator has no operation on ${path}. It has: ${this.catalogue.all.map(({ method, path: known }) => `${method} ${known}`).join(', ')}.`,
          );
    await this.answer(request, response, record, toAnswer(error));
  }

  private async executeWithFault(call: Call, fault: Fault): Promise<void> {
    const { operation, request, response, record } = call;
    switch (fault.fault) {
      case 'drop-before-processing':
        response.socket?.destroy();
        return;
      case 'hang':
        if (fault.processed) await this.process(call, Promise.resolve());
        // The caller may have left meanwhile; then there is nothing to wait for.
        if (!response.closed) await once(response, 'close');
        return;
      case 'error-500':
      case 'error-503':
      case 'error-504': {
        const status = Number(fault.fault.slice('error-'.length));
        if (fault.processed) await this.process(call, closed(response));
        const error = new GatewayError('SERVER', `HTTP_${status}`, `A fault answered ${status}.`);
        // No reason is given: the call itself was in order.
        const body = serialise(error.toBody());
        await this.answer(request, response, record, { status, body, isFinal: true });
        return;
      }
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
        await this.answer(request, response, record, {
          status: 409,
          body: serialise(operation.foreignAnswer),
          isFinal: true,
        });
        return;
      default:
        await this.execute(call, fault);
    }
  }

  private async execute(call: Call, fault?: Fault): Promise<void> {
    const { request, response, record } = call;
    const { answered, settle } = createAnswered();
    try {
      const delayMs = fault?.fault === 'delay' ? (fault.ms ?? DEFAULT_DELAY_MS) : 0;
      const execution = await this.process(call, answered, delayMs);
      if (execution.kind === 'conflict') {
        await this.answer(request, response, record, toAnswer(conflictingBody(call)), fault);
        return;
      }
      const isReplay = execution.kind === 'replayed';
      const status = isReplay ? 409 : execution.answer.status;
      await this.answer(request, response, record, { ...execution.answer, status }, fault);
    } finally {
      settle();
    }
  }

  private async process(call: Call, answered: Promise<void>, delayMs = 0): Promise<Execution> {
    const { operation, request, record, authentic } = call;
    const run = async (): Promise<UnsignedAnswer> => {
      try {
        // Not bound to the caller: a gateway goes on working when its caller has left.
        if (delayMs > 0) await wait(delayMs, undefined, { signal: this.shutdown.signal });
        const body = this.checks.readBody(operation, request.rawBody ?? Buffer.alloc(0));
        const answer = await call.handler({ ...authentic, body, answered });
        this.recorder.tally(operation.name, 'processed');
        return { status: operation.successStatus, body: serialise(answer), isFinal: true };
      } catch (error) {
        return toAnswer(error);
      }
    };

    // Reading changes nothing, so a repeated read is answered afresh.
    if (operation.method === 'GET' || !this.settings.current.idempotency) {
      return { kind: 'processed', answer: await run() };
    }
    const key = `${authentic.merchant.clientId} ${authentic.requestId}`;
    const execution = await this.idempotency.once(key, fingerprintOf(request), run);
    if (execution.kind === 'replayed') {
      record.replayed = true;
      this.recorder.tally(operation.name, 'replayed');
    }
    return execution;
  }

  private async answer(
    request: RawRequest,
    response: ServerResponse,
    record: RecordedRequest,
    unsigned: UnsignedAnswer,
    fault?: Fault,
  ): Promise<void> {
    // What was interrupted by stop() has no answer worth sending.
    if (this.shutdown.signal.aborted) {
      response.socket?.destroy();
      return;
    }
    if (unsigned.reason !== undefined) this.recorder.refuse(record, unsigned.reason);
    const isDropped = fault?.fault === 'drop-after-processing';
    if (!isDropped) {
      this.recorder.answer(record, fault?.fault === 'garbage' ? 200 : unsigned.status);
    }

    const clientId = headerValues(request, 'Client-Id')[0];
    const requestId = headerValues(request, 'Request-Id')[0];
    const merchant = clientId === undefined ? undefined : this.merchants.find(clientId);
    const answer: Answer = {
      method: request.method ?? 'GET',
      target: pathOf(request),
      status: unsigned.status,
      body: unsigned.body,
      ...(clientId !== undefined && { clientId }),
      ...(requestId !== undefined && { requestId }),
      ...(merchant !== undefined && { merchant }),
    };
    await this.sender.send(response, answer, fault);
  }

  private record(operation: string, request: RawRequest): RecordedRequest {
    return this.recorder.begin({
      operation,
      method: request.method ?? 'GET',
      path: urlOf(request),
      headers: headersAsSent(request),
      body: (request.rawBody ?? Buffer.alloc(0)).toString('utf8'),
    });
  }
}

function conflictingBody(call: Call): GatewayError {
  return new GatewayError(
    'CONFLICT',
    'REQUEST_ID_ALREADY_USED',
    `Request-Id "${call.authentic.requestId}" was used before with another body or path. Repeat the very bytes of the first call, or use a new Request-Id.`,
  );
}

function toAnswer(error: unknown): UnsignedAnswer {
  if (error instanceof GatewayError) {
    return {
      status: error.status,
      body: serialise(error.toBody()),
      reason: `${error.code}: ${error.message}`,
      isFinal: error.type !== 'VALIDATION' && error.type !== 'SERVER',
    };
  }
  return toAnswer(
    new GatewayError(
      'SERVER',
      'SIMULATOR_DEFECT',
      `The simulator failed, please report it: ${messageOf(error)}`,
    ),
  );
}

function serialise(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body), 'utf8');
}

function fingerprintOf(request: RawRequest): string {
  const hash = createHash('sha256').update(`${request.method ?? ''} ${pathOf(request)}\n`);
  return hash.update(request.rawBody ?? '').digest('hex');
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
