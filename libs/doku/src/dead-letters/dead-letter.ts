import type { DokuEventType } from '../notifications/doku-event.js';

/**
 * Why an event was given up for a listener.
 *
 * - `attempts-used-up`: the listener failed at every attempt of the schedule.
 * - `listener-gave-up`: it threw a `DeadLetterError`.
 * - `unknown-listener`: no worker has a listener of that name.
 * - `poison-pill`: the worker died several times while it ran.
 * - `unheard`: nothing listens to the event, and `notifications.unhandled` is `'refuse'`.
 */
export type DokuDeadLetterCause =
  'attempts-used-up' | 'listener-gave-up' | 'unknown-listener' | 'poison-pill' | 'unheard';

/** An event that was given up for a listener, until somebody replays or discards it. */
export interface DokuDeadLetter {
  /** For `inspect`, `replay` and `discard`. */
  readonly id: string;
  /** Name of the listener; absent when nobody listens to the event. */
  readonly listener?: string;
  readonly event: {
    readonly id: string;
    readonly type: DokuEventType;
    readonly channel: string;
    readonly merchant: string;
    /** The merchant's own reference, where the event has one. */
    readonly reference?: string;
  };
  readonly cause: DokuDeadLetterCause;
  /** What was thrown last, or which worker died: one line, shortened. */
  readonly reason: string;
  /** How often the listener was run. */
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly deadLetteredAt: string;
  /** Set once it has been discarded. */
  readonly discarded?: { readonly reason: string; readonly at: string };
}

/** Keeps the dead letters of a durable delivery. */
export interface DeadLetters {
  list(query: DeadLetterQuery): Promise<readonly DokuDeadLetter[]>;
  /** The dead letter with its event as it was queued; `undefined` when there is none with that id. */
  find(id: string): Promise<{ letter: DokuDeadLetter; event: unknown } | undefined>;
  /** `'not-dead'` when it was replayed already, or never was one. */
  replay(id: string): Promise<'replayed' | 'not-dead'>;
  discard(id: string, reason: string): Promise<'discarded' | 'not-dead'>;
}

/** Which dead letters to list. */
export interface DeadLetterQuery {
  /**
   * How many to skip.
   * @defaultValue `0`
   */
  readonly offset?: number;
  /**
   * How many at most.
   * @defaultValue `100`
   */
  readonly limit?: number;
  /**
   * Whether those that were discarded are listed as well.
   * @defaultValue `false`
   */
  readonly includeDiscarded?: boolean;
}
