import { type Channel, channel } from 'node:diagnostics_channel';

import type { DokuDeadLetter } from '../dead-letters/dead-letter.js';
import { DokuError } from '../errors/doku.error.js';
import type { DokuEvent } from '../notifications/doku-event.js';

/** What every message about an event tells of it: nothing of its payload, nor of the customer. */
export interface DokuDiagnosedEvent {
  readonly id: string;
  readonly type: DokuEvent['type'];
  readonly source: DokuEvent['source'];
  readonly channel: string;
  readonly merchant: string;
}

/**
 * Payloads of the library's `node:diagnostics_channel`s, by the channel's name. They hold no secret, token, OTP,
 * card, signature or body. Durations are milliseconds.
 */
export interface DokuDiagnostics {
  /** A verified notification was answered 200, and is no duplicate. */
  'nestjs-doku:notification.accepted': {
    readonly event: DokuDiagnosedEvent;
    readonly durationMs: number;
  };
  /** A call to one of the routes for DOKU was answered something else than 200. */
  'nestjs-doku:notification.refused': {
    /** What the log says: a sentence of the library, with nothing of what was sent. */
    readonly cause: string;
    /** Known once the call is proved to be for that merchant, or says so. */
    readonly merchant?: string | undefined;
    readonly status: number;
  };
  /** A verified notification told what was known. */
  'nestjs-doku:notification.duplicate': { readonly event: DokuDiagnosedEvent };
  /** A listener has succeeded. */
  'nestjs-doku:listener.delivered': {
    readonly event: DokuDiagnosedEvent;
    readonly listener: string;
    readonly attempt: number;
    readonly durationMs: number;
    /** From the notification's arrival to now. */
    readonly lagMs: number;
  };
  /**
   * A listener has failed, or has used up its time; it is run again unless a dead letter follows. After its time a
   * late success is told as well.
   */
  'nestjs-doku:listener.failed': {
    readonly event: DokuDiagnosedEvent;
    readonly listener: string;
    readonly attempt: number;
    readonly durationMs: number;
  };
  /** An event was given up for a listener. */
  'nestjs-doku:listener.dead-lettered': { readonly deadLetter: DokuDeadLetter };
  /** The outcome of a payment was learnt by asking DOKU. */
  'nestjs-doku:payment.reconciled': {
    readonly event: DokuDiagnosedEvent;
    /** Since the call was recorded. */
    readonly ageMs: number;
  };
  /** A call to DOKU has ended, with all its repeats: once for each call, token requests included. */
  'nestjs-doku:request': {
    /** Name of the operation, such as `'cimb.createPayment'`. */
    readonly operation: string;
    readonly merchant: string;
    /** `'ok'`, `'replayed'` (DOKU's stored answer), the `code` of the `DokuError`, or `'unexpected'`. */
    readonly outcome: string;
    readonly httpStatus?: number | undefined;
    readonly durationMs: number;
  };
  /** An access token was asked for: `b2b` is the merchant's own, `b2b2c` a customer's. */
  'nestjs-doku:token.refreshed': {
    readonly merchant: string;
    readonly kind: 'b2b' | 'b2b2c';
    /** `'ok'`, the `code` of the `DokuError`, or `'unexpected'`. */
    readonly outcome: string;
    readonly durationMs: number;
  };
}

/** Node forgets a channel that nobody holds, and makes it anew each time it is asked for. */
const channels = new Map<string, Channel>();

/**
 * Publishes to a channel; costs next to nothing while nobody subscribes. Never throws: what a subscriber throws
 * goes to the process' `uncaughtException`, as Node has it.
 */
export function publish<Name extends keyof DokuDiagnostics>(
  name: Name,
  message: () => DokuDiagnostics[Name],
): void {
  let target = channels.get(name);
  if (!target) channels.set(name, (target = channel(name)));
  if (target.hasSubscribers) target.publish(message());
}

/** What of an event goes into diagnostics. */
export function eventFacts({ id, type, source, channel, merchant }: DokuEvent): DokuDiagnosedEvent {
  return { id, type, source, channel, merchant };
}

/** What became of something that threw. */
export function outcomeOf(error: unknown): string {
  return error instanceof DokuError ? error.code : 'unexpected';
}
