import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AnswerSender } from './answer-sender.js';
import { AnswerSigner } from './answer-signer.js';
import { CallChecks, type AuthenticCall } from './call-checks.js';
import { messageOf } from './error-text.js';
import { FaultBook, type Fault } from './faults.js';
import { FaultRunner } from './fault-runner.js';
import { GatewayError } from './gateway-error.js';
import { IdempotencyStore, type UnsignedAnswer } from './idempotency.js';
import { OperationCatalogue } from './operation-catalogue.js';
import { RequestRecorder, type RecordedRequest } from './request-recorder.js';
import { Settings } from './settings.js';
import { Shutdown } from './shutdown.js';
import { headersAsSent, pathOf, urlOf, type RawRequest } from './raw-request.js';
import type { Operation, OperationHandler } from './operation.js';

/** One call on its way through the gateway. */
interface Call {
  readonly operation: Operation;
  readonly handler: OperationHandler;
  readonly request: RawRequest;
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
    private readonly runner: FaultRunner,
    private readonly idempotency: IdempotencyStore,
    private readonly sender: AnswerSender,
    private readonly signer: AnswerSigner,
    private readonly recorder: RequestRecorder,
    private readonly settings: Settings,
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
    const call: Call = { operation, handler, request, record, authentic };
    await this.runner.run(
      {
        request,
        response,
        record,
        process: (answered, delayMs) => this.process(call, answered, delayMs),
        send: (answer, fault) => this.answer(request, response, record, answer, fault),
        standIn: (fault) => standIn(operation, fault),
      },
      this.faults.take(operation.name, 'non-snap'),
    );
  }

  /** Answers a call that no operation takes, telling what there is. */
  async refuseUnknownPath(request: RawRequest, response: ServerResponse): Promise<void> {
    const record = this.record('unknown', request);
    const path = pathOf(request);
    const methods = new Set(this.catalogue.onPath(path).map(({ method }) => method));
    const error =
      methods.size > 0
        ? new GatewayError(
            'NOT_FOUND',
            'METHOD_NOT_ALLOWED',
            `${path} is called with ${[...methods].join(' or ')}, not with ${record.method}.`,
          )
        : new GatewayError(
            'NOT_FOUND',
            'UNKNOWN_PATH',
            `The simulator has no operation on ${path}. It has: ${this.catalogue.addresses.join(', ')}.`,
          );
    await this.answer(request, response, record, toAnswer(error));
  }

  private async process(
    call: Call,
    answered: Promise<void>,
    delayMs: number,
  ): Promise<UnsignedAnswer> {
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
    if (operation.method === 'GET' || !this.settings.current.idempotency) return run();
    const key = `${authentic.merchant.clientId} ${authentic.requestId}`;
    const execution = await this.idempotency.once(key, fingerprintOf(request), run);
    switch (execution.kind) {
      case 'conflict':
        return toAnswer(conflictingBody(call));
      case 'replayed':
        record.replayed = true;
        this.recorder.tally(operation.name, 'replayed');
        return { ...execution.answer, status: 409 };
      case 'processed':
        return execution.answer;
    }
  }

  private answer(
    request: RawRequest,
    response: ServerResponse,
    record: RecordedRequest,
    unsigned: UnsignedAnswer,
    fault?: Fault,
  ): Promise<void> {
    const headers = this.signer.headersFor(request, unsigned.body, fault?.fault);
    return this.sender.send(response, record, { ...unsigned, headers }, fault);
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

function standIn(operation: Operation, { fault }: Fault): UnsignedAnswer {
  if (fault === 'foreign-conflict') {
    return { status: 409, body: serialise(operation.foreignAnswer), isFinal: true };
  }
  const status = Number(fault.slice('error-'.length));
  const error = new GatewayError('SERVER', `HTTP_${status}`, `A fault answered ${status}.`);
  // No reason is given: the call itself was in order.
  return { status, body: serialise(error.toBody()), isFinal: true };
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
