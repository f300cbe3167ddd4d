import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { DokuApiError, DokuOutcomeUnknownError, type SnapTransactionStatus } from 'nestjs-doku';

import { lastAttempt, type Order } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { shopSettings } from '../settings/shop-settings.js';
import { OneAtATime } from './one-at-a-time.js';
import type { StatusHint } from './payment-method.js';
import { SnapPayments } from './snap-payments.service.js';

const PRODUCT = { id: 'kopi-gayo', name: 'Kopi Gayo', origin: 'Takengon, Aceh', price: 90_000 };

const LOST = new DokuOutcomeUnknownError('lost', { fix: '' });
const NOT_FOUND = new DokuApiError('no', { fix: '', httpStatus: 404, responseCode: '4045501' });
const OTHER_404 = new DokuApiError('no', { fix: '', httpStatus: 404 });

describe('SnapPayments', () => {
  let store: OrdersStore;
  let order: Order;
  let sent: string[];

  beforeEach(() => {
    store = new OrdersStore(new EventEmitter2());
    order = store.open('customer', 'draft', PRODUCT);
    sent = [];
  });

  async function startPayments(statusAfterMs: number): Promise<SnapPayments> {
    const moduleRef = await Test.createTestingModule({
      providers: [
        SnapPayments,
        OneAtATime,
        { provide: OrdersStore, useValue: store },
        { provide: shopSettings.KEY, useValue: { statusAfterMs } },
      ],
    }).compile();
    return moduleRef.get(SnapPayments);
  }

  function pay(payments: SnapPayments, result: Error | 'accepted'): Promise<Order> {
    return payments.pay(order, {
      method: 'kki',
      label: 'KKI card',
      send: (_, reference) => {
        sent.push(reference);
        return result === 'accepted'
          ? Promise.resolve({ phase: 'confirming' })
          : Promise.reject(result);
      },
    });
  }

  function check(
    payments: SnapPayments,
    result: Error | Partial<SnapTransactionStatus>,
  ): Promise<StatusHint> {
    const current = store.get(order.reference, 'customer');
    const attempt = lastAttempt(current);
    if (!attempt) throw new Error('There is no attempt');
    return payments.check(current, attempt, () =>
      result instanceof Error
        ? Promise.reject(result)
        : Promise.resolve(result as SnapTransactionStatus),
    );
  }

  it('sends nothing for an order that was paid while it was prepared', async () => {
    const payments = await startPayments(0);
    const paid = await payments.pay(order, {
      method: 'allo',
      label: 'Allo Bank',
      prepare: () => {
        store.save({ ...store.get(order.reference, 'customer'), status: 'paid' });
        return Promise.resolve();
      },
      send: (_, reference) => {
        sent.push(reference);
        return Promise.resolve({ phase: 'page' });
      },
    });

    expect(paid.status).toBe('paid');
    expect(sent).toEqual([]);
  });

  it('does not take "not found" for an answer in the first minute', async () => {
    const payments = await startPayments(60_000);
    await expect(pay(payments, LOST)).rejects.toMatchObject({ code: 'outcome-unknown' });

    expect(await check(payments, NOT_FOUND)).toMatchObject({ next: 'wait' });
    await expect(pay(payments, 'accepted')).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(sent).toHaveLength(1);
  });

  it('sends the same payment again after that, and never under another name', async () => {
    const payments = await startPayments(0);
    await expect(pay(payments, LOST)).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await check(payments, NOT_FOUND)).toMatchObject({ next: 'continue' });

    await expect(pay(payments, LOST)).rejects.toMatchObject({ code: 'outcome-unknown' });
    await expect(pay(payments, 'accepted')).rejects.toMatchObject({ code: 'outcome-unknown' });
    await check(payments, NOT_FOUND);
    expect(await pay(payments, 'accepted')).toMatchObject({ attempts: [{ phase: 'confirming' }] });
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(1);
  });

  it('takes a failure of its own for an unknown outcome too', async () => {
    const payments = await startPayments(0);

    await expect(pay(payments, new TypeError('a mistake'))).rejects.toThrow(TypeError);
    expect(store.get(order.reference, 'customer').attempts).toMatchObject([{ phase: 'unknown' }]);
  });

  it('does not read a 404 of somebody else as "not found"', async () => {
    const payments = await startPayments(0);
    await expect(pay(payments, LOST)).rejects.toMatchObject({ code: 'outcome-unknown' });

    await expect(check(payments, OTHER_404)).rejects.toBe(OTHER_404);
  });

  it.each<[string, Partial<SnapTransactionStatus>, Partial<Order>]>([
    ['paid', { status: 'paid', transAmount: { value: '90000.00' } }, { status: 'paid' }],
    [
      'paid with another amount',
      { status: 'paid', transAmount: { value: '9.00' } },
      { status: 'open', review: 'The bank took another amount than the order says.' },
    ],
    ['paid without an amount', { status: 'paid' }, { status: 'open' }],
    ['failed', { status: 'failed' }, { status: 'failed' }],
    ['cancelled', { status: 'cancelled' }, { status: 'failed' }],
    ['pending', { status: 'pending' }, { status: 'open' }],
    [
      'refunded',
      { status: 'refunded' },
      { status: 'open', review: 'The bank says that it was paid and given back.' },
    ],
    ['unknown', { status: 'unknown' }, { status: 'open' }],
  ])('settles by the status %s', async (_, status, becomes) => {
    const payments = await startPayments(60_000);
    await pay(payments, 'accepted');
    await check(payments, status);

    expect(store.get(order.reference, 'customer')).toMatchObject(becomes);
  });
});
