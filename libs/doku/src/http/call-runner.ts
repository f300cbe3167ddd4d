import { Inject, Injectable, Logger } from '@nestjs/common';

import { outcomeOf, publish } from '../diagnostics/doku-diagnostics.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuError } from '../errors/doku.error.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { Authorisation } from './authorisation.js';
import { CallDeadline, CallEnded } from './call-deadline.js';
import { callError, noTokenInTime } from './call-error.js';
import { CALL_INTENTS, type CallIntents, type RecordedCall } from './call-intents.js';
import { rememberCall } from './doku-call.js';
import { DokuClock } from './doku-clock.js';
import type { DokuOperation } from './doku-operation.js';
import { type Attempt, DokuTransport } from './doku-transport.js';
import { type PreparedCall, withNewId } from './prepared-call.js';
import { judge, type Refused, type Verdict } from './verdict.js';

/** How often a call may be made again when no trustworthy answer came. */
const MAX_REPEATS = 2;
/** An attempt that was not made, because the call had ended before. */
const NOT_SENT: Attempt = { kind: 'no-answer', sent: false, reason: 'the call was ended' };
/** Longest wait in milliseconds before the first repeat; it doubles. */
const FIRST_BACKOFF_MS = 300;

/** One attempt, judged. */
interface Outcome {
  readonly verdict: Verdict;
  /** When it was sent, by the clock of this machine, in milliseconds. */
  readonly sentAt: number;
  /** The clock's correction that it was stamped with. */
  readonly offsetMs: number;
  /** `Date` header of the answer. */
  readonly date: string | undefined;
}

/** Makes a prepared call: remember it if it moves money, sign, send, judge, and again where that is safe. */
@Injectable()
export class CallRunner {
  private readonly logger = new Logger('DokuClient');

  constructor(
    private readonly transport: DokuTransport,
    private readonly clock: DokuClock,
    @Inject(CALL_INTENTS) private readonly intents: CallIntents,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /** @throws DokuError of the kind that fits what is known in the end */
  async run(
    call: PreparedCall,
    authorisation: Authorisation,
    deadline: CallDeadline,
  ): Promise<object> {
    const started = performance.now();
    let recorded: RecordedCall | undefined;
    try {
      const recording = this.intents.record(call, deadline);
      if (recording) recorded = await recording;
      return await this.untilAnswered(call, authorisation, deadline, started);
    } catch (error) {
      if (error instanceof DokuError) {
        if (error.outcome === 'definite') recorded?.forget();
        this.logFailure(call, error, started);
      }
      publishEnd(call, outcomeOf(error), started, httpStatusOf(error));
      throw error;
    } finally {
      deadline.clear();
    }
  }

  private async untilAnswered(
    prepared: PreparedCall,
    authorisation: Authorisation,
    deadline: CallDeadline,
    started: number,
  ): Promise<object> {
    const { effect } = prepared.operation;
    let call = prepared;
    let sentBefore = false;
    let clockWasBlamed = false;
    for (let repeats = 0; ;) {
      const outcome = await this.attempt(call, authorisation, deadline);
      const { verdict } = outcome;
      if (verdict.kind === 'answered') {
        this.clock.prove(outcome.offsetMs);
        return this.answered(call, verdict, outcome.sentAt, started);
      }
      if (verdict.kind === 'refused') {
        const isForItsTime = verdict.status === 401 && this.isForItsTime(outcome);
        const isOvercome = await overcome(verdict, call, authorisation, deadline);
        // A new token is sent with the right time as well.
        if (isOvercome || (isForItsTime && !clockWasBlamed)) {
          clockWasBlamed ||= isForItsTime;
          // Non-SNAP keeps the id that the caller may have stored: DOKU has not carried it out.
          if (call.operation.scheme === 'snap') call = withNewId(call);
          continue;
        }
      }
      const mayRepeat = verdict.kind !== 'refused' && effect !== 'once' && repeats < MAX_REPEATS;
      if (!mayRepeat || !(await backOff(effect, repeats, deadline))) {
        throw callError(verdict, call, {
          sentBefore,
          ended: deadline.cause(),
          secrets: authorisation.secrets(),
          tokenWasReplaced: authorisation.hasReplaced,
        });
      }
      sentBefore ||= verdict.kind === 'untrusted';
      repeats += 1;
      // A change keeps its Request-Id, by which DOKU knows it; a read wants the state as it is now.
      if (effect === 'read') call = withNewId(call);
    }
  }

  private async attempt(
    call: PreparedCall,
    authorisation: Authorisation,
    deadline: CallDeadline,
  ): Promise<Outcome> {
    try {
      const waiting = deadline.hasEnded ? undefined : authorisation.ready(deadline);
      if (waiting) await waiting;
    } catch (error) {
      if (!(error instanceof CallEnded)) throw error;
    }
    // Stamped only now: waiting for a token takes time, and may have shown that our clock is off.
    const { offsetMs } = this.clock;
    const sentAt = Date.now();
    const attempt = deadline.hasEnded
      ? NOT_SENT
      : await this.transport.send({
          method: call.operation.method,
          url: this.options.baseUrl + call.target,
          body: call.body,
          signing: authorisation.sign(call, this.clock.now()),
          deadline,
        });
    return {
      verdict: judge(attempt, call, this.options.http.verifyResponses),
      sentAt,
      offsetMs,
      date: attempt.kind === 'answer' ? attempt.answer.header('date') : undefined,
    };
  }

  private isForItsTime({ date, sentAt, offsetMs }: Outcome): boolean {
    return this.clock.explainsRefusal(date, sentAt, offsetMs);
  }

  private answered(
    call: PreparedCall,
    { response, status, replayed }: Extract<Verdict, { kind: 'answered' }>,
    sentAt: number,
    started: number,
  ): object {
    const { id, reference } = call;
    rememberCall(response, id, {
      ...(reference === undefined ? {} : { reference }),
      httpStatus: status,
      replayed,
      sentAt: new Date(sentAt),
    });
    const outcome = replayed ? 'replayed' : 'ok';
    this.logger.log(line(call, outcome, started, status));
    publishEnd(call, outcome, started, status);
    return response;
  }

  private logFailure(call: PreparedCall, error: DokuError, started: number): void {
    const code =
      error.responseCode === undefined ? '' : ` code=${JSON.stringify(error.responseCode)}`;
    const { requestId = call.id.requestId, externalId = call.id.externalId } = error;
    const id = { ...(requestId && { requestId }), ...(externalId && { externalId }) };
    const text = line({ ...call, id }, error.code, started, error.httpStatus) + code;
    if (error.outcome === 'unknown') this.logger.error(text);
    else this.logger.warn(text);
  }
}

/** Whether what DOKU refused has been replaced. */
async function overcome(
  { status, refusal }: Refused,
  call: PreparedCall,
  authorisation: Authorisation,
  deadline: CallDeadline,
): Promise<boolean> {
  try {
    return await authorisation.overcomes(refusal, deadline);
  } catch (error) {
    if (!(error instanceof CallEnded)) throw error;
    throw noTokenInTime(call, status, deadline.cause());
  }
}

/** Waits a random while; `false` when the call ended meanwhile. */
function backOff(
  effect: DokuOperation['effect'],
  repeats: number,
  deadline: CallDeadline,
): Promise<boolean> {
  const longest = FIRST_BACKOFF_MS * 2 ** repeats;
  // A change may still run at DOKU although its connection broke: never again at once.
  const shortest = effect === 'read' ? 0 : longest / 2;
  return deadline.sleep(shortest + Math.random() * (longest - shortest));
}

function publishEnd(
  { operation, merchant }: PreparedCall,
  outcome: string,
  started: number,
  httpStatus: number | undefined,
): void {
  publish('nestjs-doku:request', () => ({
    operation: operation.name,
    merchant: merchant.name,
    outcome,
    httpStatus,
    durationMs: Math.round(performance.now() - started),
  }));
}

function httpStatusOf(error: unknown): number | undefined {
  return error instanceof DokuError ? error.httpStatus : undefined;
}

function line(call: PreparedCall, outcome: string, started: number, status?: number): string {
  const { operation, merchant, id, reference } = call;
  return (
    `operation=${operation.name} merchant=${merchant.name}` +
    (id.requestId === undefined ? '' : ` requestId=${id.requestId}`) +
    (id.externalId === undefined ? '' : ` externalId=${id.externalId}`) +
    (reference === undefined ? '' : ` reference=${JSON.stringify(reference)}`) +
    ` outcome=${outcome}` +
    (status === undefined ? '' : ` status=${status}`) +
    ` durationMs=${Math.round(performance.now() - started)}`
  );
}
