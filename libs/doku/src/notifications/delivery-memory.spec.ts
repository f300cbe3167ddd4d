import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { DeliveryMemory } from './delivery-memory.js';
import type { DokuEvent } from './doku-event.js';

const HOUR_MS = 60 * 60 * 1000;

const eventOf = (id: string, amount = '1.00'): DokuEvent => ({
  id,
  type: 'payment.succeeded',
  source: 'notification',
  channel: 'cimb-direct-debit',
  merchant: 'default',
  reference: 'INV-1',
  amount: { value: amount, currency: 'IDR' },
  status: 'SUCCESS',
  occurredAt: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
  delivery: { attempt: 1, transportId: 'a' },
  payload: { transaction: { status: 'SUCCESS' }, order: { invoice_number: 'INV-1' } },
});

describe('DeliveryMemory', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('remembers an event and its first amount for 48 hours', () => {
    const memory = new DeliveryMemory();
    const record = memory.recordOf(eventOf('a', '1.00'));
    record.delivered = true;

    jest.setSystemTime(Date.now() + 48 * HOUR_MS - 1);
    expect(memory.recordOf(eventOf('a', '2.00'))).toBe(record);
    expect(record.firstAmount).toBe('1.00');

    jest.setSystemTime(Date.now() + 1);
    expect(memory.recordOf(eventOf('a'))).not.toBe(record);
  });

  it('keeps 100 000 events at most, and drops the oldest first', () => {
    const memory = new DeliveryMemory();
    const first = memory.recordOf(eventOf('0'));
    const second = memory.recordOf(eventOf('1'));
    for (let id = 2; id < 100_000; id++) memory.recordOf(eventOf(String(id)));
    expect(memory.recordOf(eventOf('0'))).toBe(first);
    expect(memory.size).toBe(100_000);

    memory.recordOf(eventOf('one more'));

    expect(memory.size).toBe(100_000);
    expect(memory.recordOf(eventOf('1'))).toBe(second);
    expect(memory.recordOf(eventOf('0'))).not.toBe(first);
  });

  it('never drops an event whose listeners run', () => {
    const memory = new DeliveryMemory();
    const running = memory.recordOf(eventOf('running'));
    running.running = Promise.resolve('delivered');
    for (let id = 0; id < 100_001; id++) memory.recordOf(eventOf(String(id)));

    expect(memory.recordOf(eventOf('running'))).toBe(running);
    jest.setSystemTime(Date.now() + 49 * HOUR_MS);
    expect(memory.recordOf(eventOf('running'))).toBe(running);
  });

  it('forgets what is past its time when something new comes', () => {
    const memory = new DeliveryMemory();
    for (let id = 0; id < 1_000; id++) memory.recordOf(eventOf(String(id)));
    jest.setSystemTime(Date.now() + 49 * HOUR_MS);

    memory.recordOf(eventOf('new'));

    expect(memory.size).toBe(1);
  });
});
