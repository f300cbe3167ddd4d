import type { DeliveryOutcome } from './delivery-outcome.js';
import type { DokuEvent } from './doku-event.js';

const MAX_EVENTS = 100_000;
/** DOKU's last automatic retry comes 12 hours, possibly 17.5, after the first attempt. */
const LIFE_MS = 48 * 60 * 60 * 1000;

/** What one process remembers of an event. */
export interface DeliveryRecord {
  readonly firstAmount: string | undefined;
  readonly expiresAt: number;
  attempts: number;
  /** Names of the listeners that have succeeded, as long as not all of them have. */
  succeeded: Set<string> | undefined;
  /** Whether every listener has succeeded once. */
  delivered: boolean;
  running: Promise<DeliveryOutcome> | undefined;
}

/** Bounded memory of events: 100 000 of them, for 48 hours. The oldest go first. */
export class DeliveryMemory {
  private readonly records = new Map<string, DeliveryRecord>();
  private oldestExpiresAt = 0;

  /** How many events are remembered. */
  get size(): number {
    return this.records.size;
  }

  /** What is remembered of an event; a new record if nothing is. */
  recordOf(event: DokuEvent): DeliveryRecord {
    const now = Date.now();
    const known = this.records.get(event.id);
    if (known && (known.expiresAt > now || known.running)) return known;
    this.records.delete(event.id);
    const record: DeliveryRecord = {
      firstAmount: event.amount?.value,
      expiresAt: now + LIFE_MS,
      attempts: 0,
      succeeded: undefined,
      delivered: false,
      running: undefined,
    };
    this.records.set(event.id, record);
    this.dropOldest(now);
    return record;
  }

  private dropOldest(now: number): void {
    if (this.records.size <= MAX_EVENTS && this.oldestExpiresAt > now) return;
    for (const [id, { expiresAt, running }] of this.records) {
      this.oldestExpiresAt = expiresAt;
      if (expiresAt > now && this.records.size <= MAX_EVENTS) return;
      if (!running) this.records.delete(id);
    }
  }
}
