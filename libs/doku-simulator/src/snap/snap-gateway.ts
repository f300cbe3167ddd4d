import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AnswerSender } from '../engine/answer-sender.js';
import { messageOf } from '../engine/error-text.js';
import { FaultBook, type Fault } from '../engine/faults.js';
import { FaultRunner } from '../engine/fault-runner.js';
import { findBrokenRule } from '../engine/field-rules.js';
import { isJsonObject, valueAt, type JsonObject } from '../engine/json.js';
import { RequestRecorder, type RecordedRequest } from '../engine/request-recorder.js';
import { Shutdown } from '../engine/shutdown.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { SnapCallChecks, type AuthenticSnapCall } from './snap-call-checks.js';
import { SnapChannels } from './snap-channels.js';
import { answerHead, SnapError } from './snap-error.js';
import { checkHeaderTable } from './snap-headers.js';
import { SnapRecords } from './snap-records.js';
import { toJakartaTime } from './snap-time.js';
import { hashToken } from './token-book.js';
import type { Binding } from '../bank/binding-book.js';
import type { FieldRule } from '../engine/field-rules.js';
import type { UnsignedAnswer } from '../engine/idempotency.js';
import type { Merchant } from '../engine/merchants.js';
import type { RawRequest } from '../engine/raw-request.js';
import type { SnapEndpoint, SnapOperation } from './snap-operation.js';

/** An operation of the token endpoints. */
export interface TokenOperation {
  readonly name: string;
  readonly endpoint: SnapEndpoint;
  readonly successCode: string;
  readonly foreignAnswer: JsonObject;
  readonly handle: (merchant: Merchant, body: JsonObject) => JsonObject;
}

/** One authentic call, with what its kind does. */
interface Task {
  readonly name: string;
  readonly serviceCode: string;
  readonly successCode: () => string;
  readonly successMessage?: string | undefined;
  readonly foreignAnswer: JsonObject;
  /** Checks who calls, and gives the work. */
  readonly admit: () => Work;
}

/** @param answered - resolves when the answer has left, or never will */
type Work = (answered: Promise<void>) => JsonObject;

/** An exchange before anything is known of it but its endpoint. */
interface Exchange {
  readonly endpoint: SnapEndpoint;
  readonly request: RawRequest;
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
}

/**
 * Takes each SNAP call through the same steps: record, check, fault, process, answer. Channels
 * bring the operation and the work; they know nothing of headers or signatures.
 */
@Injectable()
export class SnapGateway {
  constructor(
    private readonly checks: SnapCallChecks,
    private readonly channels: SnapChannels,
    private readonly records: SnapRecords,
    private readonly faults: FaultBook,
    private readonly runner: FaultRunner,
    private readonly sender: AnswerSender,
    private readonly recorder: RequestRecorder,
    private readonly clock: SimulatorClock,
    private readonly shutdown: Shutdown,
  ) {}

  /** A call whose body tells the channel. */
  handleByChannel(
    endpoint: SnapEndpoint,
    request: RawRequest,
    response: ServerResponse,
  ): Promise<void> {
    const channel = valueAt(peek(request), 'additionalInfo.channel');
    const operation = this.channels.operationAt(endpoint, channel);
    return this.handle(endpoint, operation, request, response);
  }

  /** A call of an operation; of none, when nobody serves its channel. */
  async handle(
    endpoint: SnapEndpoint,
    operation: SnapOperation | undefined,
    request: RawRequest,
    response: ServerResponse,
  ): Promise<void> {
    const record = this.records.begin(operation?.name ?? 'unknown', request);
    const exchange: Exchange = { endpoint, request, response, record };
    let authentic: AuthenticSnapCall;
    try {
      authentic = this.checks.authenticate(request, (text) => {
        record.stringToSign = this.records.maskStringToSign(text, request);
      });
      if (operation === undefined) throw this.unknownChannel(endpoint, request);
    } catch (error) {
      await this.send(exchange, toAnswer(error, endpoint.serviceCode));
      return;
    }
    await this.conduct(exchange, {
      ...operation,
      serviceCode: endpoint.serviceCode,
      successMessage: operation.successMessage,
      admit: () => this.admit(operation, exchange, authentic),
    });
  }

  async handleToken(
    operation: TokenOperation,
    request: RawRequest,
    response: ServerResponse,
  ): Promise<void> {
    const { endpoint } = operation;
    const record = this.records.begin(operation.name, request);
    const exchange: Exchange = { endpoint, request, response, record };
    let merchant: Merchant;
    try {
      merchant = this.checks.authenticateTokenRequest(request, (text) => {
        record.stringToSign = text;
      });
    } catch (error) {
      await this.send(exchange, toAnswer(error, endpoint.serviceCode));
      return;
    }
    await this.conduct(exchange, {
      name: operation.name,
      serviceCode: endpoint.serviceCode,
      successCode: () => operation.successCode,
      foreignAnswer: operation.foreignAnswer,
      admit: () => () => operation.handle(merchant, readBody(request)),
    });
  }

  private async conduct(exchange: Exchange, task: Task): Promise<void> {
    const { request, response, record } = exchange;
    await this.runner.run(
      {
        request,
        response,
        record,
        process: (answered, delayMs) => this.process(task, answered, delayMs),
        send: (answer, fault) => this.send(exchange, answer, fault),
        standIn: (fault) => standIn(task, fault),
      },
      this.faults.take(task.name, 'snap'),
    );
  }

  private async process(
    task: Task,
    answered: Promise<void>,
    delayMs: number,
  ): Promise<UnsignedAnswer> {
    try {
      // Tokens are looked at once, when the call comes: they may end while the work is held back.
      const work = task.admit();
      // Not bound to the caller: a gateway goes on working when its caller has left.
      if (delayMs > 0) await wait(delayMs, undefined, { signal: this.shutdown.signal });
      const members = work(answered);
      this.recorder.tally(task.name, 'processed');
      return success(task, members);
    } catch (error) {
      return toAnswer(error, task.serviceCode);
    }
  }

  private admit(
    operation: SnapOperation,
    { request, record }: Exchange,
    { merchant, externalId }: AuthenticSnapCall,
  ): Work {
    const noteCustomer = ({ authCode, custIdMerchant, phoneNo }: Binding): void => {
      record.customer = { authCode, custIdMerchant, account: phoneNo };
    };
    checkHeaderTable(request, operation.headers, operation.headerForms);
    const customer = this.checks.findCustomer(request, merchant);
    if (customer !== undefined) noteCustomer(customer);
    return (answered) => {
      const body = readBody(request);
      checkSnapFields(body, operation.fields());
      return operation.handle({
        merchant,
        externalId,
        body,
        text: textOf(request),
        ...(customer !== undefined && { customer }),
        noteCustomer: (tokenText, binding) => {
          record.customerTokenId = hashToken(tokenText);
          noteCustomer(binding);
        },
        answered,
      });
    };
  }

  private unknownChannel(endpoint: SnapEndpoint, request: RawRequest): SnapError {
    const field = 'additionalInfo.channel';
    const given = valueAt(readBody(request), field);
    const known = this.channels
      .codesAt(endpoint)
      .map((code) => `"${code}"`)
      .join(', ');
    if (given === undefined) return SnapError.missing(field, `it is one of ${known}.`);
    const shown = JSON.stringify(given).slice(0, 60);
    return SnapError.malformed(field, `it must be one of ${known}, not ${shown}.`);
  }

  private send(exchange: Exchange, answer: UnsignedAnswer, fault?: Fault): Promise<void> {
    const { request, response, record } = exchange;
    const clientKey = request.headersDistinct['x-client-key']?.[0];
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': answer.body.length,
      'X-TIMESTAMP': toJakartaTime(this.clock.wireNow()),
      ...(clientKey !== undefined && { 'X-CLIENT-KEY': clientKey }),
    };
    return this.sender.send(response, record, { ...answer, headers }, fault);
  }
}

/** A body is the caller's word until the signature has been checked: it only names the record. */
function peek(request: RawRequest): unknown {
  try {
    return JSON.parse(textOf(request));
  } catch {
    return undefined;
  }
}

function readBody(request: RawRequest): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(textOf(request));
  } catch (error) {
    // Node's message may quote the body, and with it what is secret.
    const place = /position \d+/.exec(messageOf(error))?.[0] ?? 'its end';
    throw new SnapError(400, '00', `Bad Request: the body is not JSON, at ${place}.`);
  }
  if (!isJsonObject(body)) {
    throw new SnapError(400, '00', 'Bad Request: the body must be a JSON object.');
  }
  return body;
}

function textOf(request: RawRequest): string {
  return (request.rawBody ?? Buffer.alloc(0)).toString('utf8');
}

function checkSnapFields(body: JsonObject, rules: readonly FieldRule[]): void {
  const broken = findBrokenRule(body, rules);
  if (broken === undefined) return;
  throw broken.isMissing
    ? SnapError.missing(broken.path)
    : SnapError.malformed(broken.path, `it ${broken.complaint}.`);
}

function success(task: Task, members: JsonObject): UnsignedAnswer {
  const code = task.successCode();
  const body = serialise({ ...answerHead(code, task.successMessage ?? 'Successful'), ...members });
  return { status: Number(code.slice(0, 3)), body, isFinal: true };
}

function toAnswer(error: unknown, serviceCode: string): UnsignedAnswer {
  if (error instanceof SnapError) {
    const body = error.toBody(serviceCode);
    return {
      status: error.status,
      body: serialise(body),
      // The whole message: the answer's may be cut.
      reason: `${body.responseCode}: ${error.message}`,
      isFinal: true,
    };
  }
  const message = `The simulator failed, please report it: ${messageOf(error)}`;
  return toAnswer(new SnapError(500, '00', `General Error. ${message}`), serviceCode);
}

function standIn(task: Task, { fault, responseCode = '4000000' }: Fault): UnsignedAnswer {
  if (fault === 'foreign-conflict') return { ...success(task, task.foreignAnswer), status: 409 };
  const code = fault === 'refuse' ? responseCode : codeOf(fault, task.serviceCode);
  // No reason is given: the call itself was in order.
  return {
    status: Number(code.slice(0, 3)),
    body: serialise(answerHead(code, WORDS[fault] ?? 'A fault refused this call.')),
    isFinal: true,
  };
}

/** What the documented codes of these faults say (snap reference 13). */
const WORDS: Readonly<Partial<Record<Fault['fault'], string>>> = {
  'error-500': 'General Error',
  'error-503': 'Service Unavailable',
  'error-504': 'Timeout',
  'in-progress': 'Request In Progress',
};

function codeOf(fault: Fault['fault'], serviceCode: string): string {
  const status = fault === 'in-progress' ? '202' : fault.slice('error-'.length);
  return `${status}${serviceCode}00`;
}

function serialise(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body), 'utf8');
}
