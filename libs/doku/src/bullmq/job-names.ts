import { hash, randomUUID } from 'node:crypto';

import type { DokuEvent } from '../notifications/doku-event.js';

/** Queues, below the namespace: events as they were accepted, each on its way to one listener, and open calls. */
export const QUEUES = { events: 'events', deliveries: 'deliveries', intents: 'intents' } as const;

/**
 * Id of a job that may exist once, made of whatever makes it that job. BullMQ takes no number and no colon for an
 * id.
 */
export function onlyJobId(kind: string, ...parts: readonly string[]): string {
  return `${kind}-${hash('sha256', JSON.stringify(parts), 'hex')}`;
}

/**
 * Id of the job of one acceptance of an event. Of an event that is known BullMQ answers the first acceptance's id,
 * which therefore tells the amount that came first, even when its job is long gone.
 */
export function acceptanceId({ id, amount }: DokuEvent): string {
  return `event-${id}-${amount?.value ?? 'none'}-${randomUUID()}`;
}

/** The amount that an acceptance came with. */
export function amountOfAcceptance(id: string): string | undefined {
  const amount = id.split('-')[2];
  return amount === 'none' ? undefined : amount;
}
