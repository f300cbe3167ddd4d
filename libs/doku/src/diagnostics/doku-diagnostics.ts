import { channel } from 'node:diagnostics_channel';

import type { DokuDeadLetter } from '../dead-letters/dead-letter.js';
import type { DokuEvent } from '../notifications/doku-event.js';

/** What every message about an event tells of it. */
interface EventFacts {
  readonly id: string;
  readonly type: DokuEvent['type'];
  readonly source: DokuEvent['source'];
  readonly channel: string;
  readonly merchant: string;
}

/** Payloads of the library's `diagnostics_channel`s, by the channel's name. */
export interface DokuDiagnostics {
  /** A verified notification was answered 200, and is no duplicate. */
  'nestjs-doku:notification.accepted': { readonly event: EventFacts; readonly durationMs: number };
  /** A call of DOKU to us was refused. */
  'nestjs-doku:notification.refused': {
    readonly cause: string;
    readonly merchant?: string | undefined;
    readonly status: number;
  };
  /** A verified notification told what was known. */
  'nestjs-doku:notification.duplicate': { readonly event: EventFacts };
  /** A listener has succeeded. */
  'nestjs-doku:listener.delivered': {
    readonly event: EventFacts;
    readonly listener: string;
    readonly attempt: number;
    readonly durationMs: number;
    /** From the notification's arrival to now. */
    readonly lagMs: number;
  };
  /** A listener has failed; it is run again unless a dead letter follows. */
  'nestjs-doku:listener.failed': {
    readonly event: EventFacts;
    readonly listener: string;
    readonly attempt: number;
    readonly durationMs: number;
  };
  'nestjs-doku:listener.dead-lettered': { readonly deadLetter: DokuDeadLetter };
  /** The outcome of a payment was learnt by asking DOKU. */
  'nestjs-doku:payment.reconciled': {
    readonly event: EventFacts;
    /** Since the call was recorded. */
    readonly ageMs: number;
  };
  /** A call to DOKU has ended. */
  'nestjs-doku:request': {
    readonly operation: string;
    readonly merchant: string;
    /** `'ok'`, `'replayed'`, or the `code` of the error. */
    readonly outcome: string;
    readonly httpStatus?: number | undefined;
    readonly durationMs: number;
  };
  /** An access token was asked for. */
  'nestjs-doku:token.refreshed': {
    readonly merchant: string;
    readonly kind: 'b2b' | 'b2b2c';
    readonly outcome: string;
    readonly durationMs: number;
  };
}

/** Publishes to a channel; costs next to nothing while nobody subscribes. */
export function publish<Name extends keyof DokuDiagnostics>(
  name: Name,
  message: () => DokuDiagnostics[Name],
): void {
  const target = channel(name);
  if (target.hasSubscribers) target.publish(message());
}

/** What of an event goes into diagnostics: no reference of a customer, no payload. */
export function eventFacts({ id, type, source, channel, merchant }: DokuEvent): EventFacts {
  return { id, type, source, channel, merchant };
}
