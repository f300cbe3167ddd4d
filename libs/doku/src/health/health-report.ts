import type { DeliveryEngine } from '../notifications/durable-delivery.js';

/** How the library is doing in this process. */
export interface DokuHealthReport {
  /**
   * `degraded`: everything works, and there are dead letters for a person to look at. `unreachable`: the engine does
   * not answer, so that DOKU is answered 503, and money calls are refused before they are sent.
   */
  readonly state: 'ok' | 'degraded' | 'unreachable';
  /** What keeps the events; `'inline'` keeps none. `'unknown'` when not even that could be learnt in time. */
  readonly engine: 'inline' | DeliveryEngine | 'unknown';
  /** Why it is unreachable. */
  readonly reason?: string;
  /** Durable delivery: how long the oldest event or job waits for a worker, in milliseconds; 0 when none waits. */
  readonly oldestWaitingMs?: number;
  /** Durable delivery: dead letters that nobody has replayed or discarded. */
  readonly deadLetters?: number;
  /** By merchant: its own (B2B) token, if this process has had one. A customer's is never told. */
  readonly tokens: Readonly<Record<string, DokuTokenFreshness>>;
}

/** How fresh a token is; never the token. */
export interface DokuTokenFreshness {
  /** Since it was asked for, in milliseconds. */
  readonly ageMs: number;
  /**
   * Until it ends, in milliseconds; 0 when it has ended, which is no fault: the next call asks for another.
   */
  readonly remainingMs: number;
}

/** Tells how the library is doing. Provided as {@link DOKU_HEALTH}. */
export interface HealthReporting {
  /**
   * Never rejects.
   *
   * @param timeoutMs after which an engine that does not answer counts as unreachable, in milliseconds
   */
  report(timeoutMs: number): Promise<DokuHealthReport>;
}

/** Injection token: how the library is doing. A symbol, since the indicator may come from another build. */
export const DOKU_HEALTH: unique symbol = Symbol.for('nestjs-doku:health');
