import { randomUUID } from 'node:crypto';

import { Inject, Injectable, Logger } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuError } from '../errors/doku.error.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { SigningContext } from '../signing/signing-context.js';
import { CallDeadline } from './call-deadline.js';
import { callError } from './call-error.js';
import { rememberCall } from './doku-call.js';
import type { DokuCallOptions } from './doku-call-options.js';
import type { DokuOperation } from './doku-operation.js';
import { type Attempt, DokuTransport } from './doku-transport.js';
import { prepareCall, type PreparedCall } from './prepared-call.js';
import { judge } from './verdict.js';

/** How often a call may be made again when no trustworthy answer came. */
const MAX_REPEATS = 2;
/** An attempt that was not made, because the call had ended before. */
const NOT_SENT: Attempt = { kind: 'no-answer', sent: false, reason: 'the call was ended' };
/** Longest wait in milliseconds before the first repeat; it doubles. */
const FIRST_BACKOFF_MS = 300;

/**
 * Makes signed calls: validate, serialise once, sign, send, check the answer, classify.
 *
 * Channel services are built on it. Use it directly for an operation of DOKU that has no service here.
 */
@Injectable()
export class DokuClient {
  private readonly logger = new Logger(DokuClient.name);

  /** @internal Made by Nest. */
  constructor(
    private readonly transport: DokuTransport,
    private readonly merchants: MerchantRegistry,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /**
   * Makes one call of any operation.
   *
   * @throws DokuValidationError when the request breaks a rule; nothing was sent
   * @throws DokuUnavailableError when nothing reached DOKU, or a read got no answer
   * @throws DokuApiError when DOKU refused
   * @throws DokuAuthenticationError when DOKU refused the credentials or the clock
   * @throws DokuOutcomeUnknownError when a call that changes something may have been carried out
   * @throws DokuSignatureError when the answer to a read is not signed as it must be
   */
  async request<Request extends object, Response>(
    operation: DokuOperation<Request, Response>,
    request: Request,
    options: DokuCallOptions = {},
  ): Promise<Response> {
    const merchant = this.merchants.named(options.merchant);
    const call = prepareCall(operation, request, options, merchant);
    const started = performance.now();
    const deadline = new CallDeadline(
      options.timeoutMs ?? this.options.http.timeoutMs,
      options.signal,
    );
    try {
      const response = await this.untilAnswered(call, deadline, started);
      // `mandatory` and `normalise` of the operation vouch for the shape that `Response` promises.
      return response as Response;
    } catch (error) {
      if (error instanceof DokuError) this.logFailure(call, error, started);
      throw error;
    } finally {
      deadline.clear();
    }
  }

  private async untilAnswered(
    prepared: PreparedCall,
    deadline: CallDeadline,
    started: number,
  ): Promise<object> {
    let sentBefore = false;
    for (let repeats = 0; ; repeats++) {
      const call = repeats === 0 ? prepared : repeated(prepared);
      const sentAt = new Date();
      const verdict = judge(
        await this.attempt(call, deadline),
        call,
        this.options.http.verifyResponses,
      );
      if (verdict.kind === 'answered') {
        const { response, status, replayed } = verdict;
        const { requestId, reference } = call;
        rememberCall(response, {
          requestId,
          ...(reference === undefined ? {} : { reference }),
          httpStatus: status,
          replayed,
          sentAt,
        });
        this.logger.log(this.line(call, replayed ? 'replayed' : 'ok', started, status));
        return response;
      }
      const mayRepeat =
        verdict.kind !== 'refused' && call.operation.effect !== 'once' && repeats < MAX_REPEATS;
      if (!mayRepeat || !(await this.backOff(call.operation.effect, repeats, deadline))) {
        throw callError(verdict, call, sentBefore, deadline.cause());
      }
      sentBefore ||= verdict.kind === 'untrusted';
    }
  }

  private attempt(call: PreparedCall, deadline: CallDeadline): Promise<Attempt> {
    if (deadline.hasEnded) return Promise.resolve(NOT_SENT);
    return this.transport.send({
      method: call.operation.method,
      url: this.options.baseUrl + call.target,
      body: call.body,
      signing: new SigningContext(call.operation.scheme, call.merchant, call.requestId),
      deadline,
    });
  }

  /** Waits a random while; `false` when the call ended meanwhile. */
  private backOff(
    effect: DokuOperation['effect'],
    repeats: number,
    deadline: CallDeadline,
  ): Promise<boolean> {
    const longest = FIRST_BACKOFF_MS * 2 ** repeats;
    // A change may still run at DOKU although its connection broke: never again at once.
    const shortest = effect === 'read' ? 0 : longest / 2;
    return deadline.sleep(shortest + Math.random() * (longest - shortest));
  }

  private logFailure(call: PreparedCall, error: DokuError, started: number): void {
    const code =
      error.responseCode === undefined ? '' : ` code=${JSON.stringify(error.responseCode)}`;
    const line = this.line(call, error.code, started, error.httpStatus) + code;
    if (error.outcome === 'unknown') this.logger.error(line);
    else this.logger.warn(line);
  }

  private line(call: PreparedCall, outcome: string, started: number, status?: number): string {
    const { operation, merchant, requestId, reference } = call;
    return (
      `operation=${operation.name} merchant=${merchant.name} requestId=${requestId}` +
      (reference === undefined ? '' : ` reference=${JSON.stringify(reference)}`) +
      ` outcome=${outcome}` +
      (status === undefined ? '' : ` status=${status}`) +
      ` durationMs=${Math.round(performance.now() - started)}`
    );
  }
}

/**
 * The call as it is made again. A change keeps its Request-Id, by which DOKU knows it; a read gets a new
 * one, because DOKU would answer the old one with 409 instead of the state as it is now.
 */
function repeated(call: PreparedCall): PreparedCall {
  return call.operation.effect === 'read' ? { ...call, requestId: randomUUID() } : call;
}
