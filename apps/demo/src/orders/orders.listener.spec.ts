import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type {
  DokuEventOf,
  DokuIntentKind,
  DokuPaymentEvent,
  DokuPaymentEventType,
} from 'nestjs-doku';

import { OrdersListener } from './orders.listener.js';
import { OrdersStore } from './orders.store.js';
import { refunded } from './settlement.js';

const PRODUCT = { id: 'kopi-gayo', name: 'Kopi Gayo', origin: 'Takengon, Aceh', price: 90_000 };

describe('OrdersListener', () => {
  let store: OrdersStore;
  let listener: OrdersListener;
  let reference: string;

  beforeEach(() => {
    store = new OrdersStore(new EventEmitter2());
    listener = new OrdersListener(store);
    const order = store.open('customer', 'draft', PRODUCT);
    ({ reference } = order);
    store.startAttempt(order, {
      id: 'attempt-2',
      method: 'cimb',
      label: 'CIMB',
      card: { id: 'card', tokenId: 'token', withoutCode: false },
      phase: 'confirming',
      startedAt: 0,
      wrongCodes: 0,
    });
  });

  function event<Type extends DokuPaymentEventType>(
    type: Type,
    { id, attempt = 'attempt-2', amount = '90000.00' }: Partial<Record<string, string>> = {},
  ): DokuPaymentEvent<Type> {
    const at = '2026-01-01T00:00:00.000Z';
    return {
      id: id ?? `${type} ${attempt}`,
      type,
      source: 'notification',
      channel: 'cimb-direct-debit',
      merchant: 'default',
      reference,
      amount: { value: amount, currency: 'IDR' },
      status: '',
      occurredAt: at,
      receivedAt: at,
      delivery: { attempt: 1, transportId: 'transport' },
      payload: {
        transaction: { status: '', original_request_id: attempt },
        order: { invoice_number: reference },
      },
    };
  }

  it('marks an order paid, and remembers the attempt that a refund has to name', () => {
    listener.markPaid(event('payment.succeeded'));

    expect(store.find(reference)).toMatchObject({ status: 'paid', paidBy: 'attempt-2' });
  });

  it('leaves a paid order paid when a failure comes late', () => {
    listener.markPaid(event('payment.succeeded'));
    listener.markFailed(event('payment.failed'));

    expect(store.find(reference)?.status).toBe('paid');
  });

  it('marks an order paid that had failed', () => {
    listener.markFailed(event('payment.failed'));
    expect(store.find(reference)?.status).toBe('failed');
    listener.markPaid(event('payment.succeeded'));

    expect(store.find(reference)?.status).toBe('paid');
  });

  it('does not end the attempt under way for a failure that names none', () => {
    const failed = event('payment.failed');
    const order = { invoice_number: reference };
    listener.markFailed({ ...failed, payload: { order, transaction: { status: 'FAILED' } } });

    expect(store.find(reference)?.status).toBe('open');
  });

  it('cannot be undone by a change of an order that was read before', () => {
    const stale = store.get(reference, 'customer');
    listener.markPaid(event('payment.succeeded'));

    expect(() => store.save({ ...stale, status: 'open' })).toThrow(/has changed meanwhile/);
    expect(store.find(reference)?.status).toBe('paid');
  });

  it('does not let the failure of an earlier attempt end the one under way', () => {
    listener.markFailed(event('payment.failed', { attempt: 'attempt-1' }));

    expect(store.find(reference)).toMatchObject({
      status: 'open',
      attempts: [{ phase: 'confirming' }],
    });
  });

  it('asks for a review when two attempts have paid', () => {
    listener.markPaid(event('payment.succeeded'));
    listener.markPaid(event('payment.succeeded', { attempt: 'attempt-1' }));

    expect(store.find(reference)).toMatchObject({ status: 'paid', review: 'It was paid twice.' });
  });

  it('counts each refund once, however often it is told', () => {
    listener.markPaid(event('payment.succeeded'));
    listener.markRefunded(event('payment.refunded', { id: 'first', amount: '30000.00' }));
    listener.markRefunded(event('payment.refunded', { id: 'first', amount: '30000.00' }));
    expect(store.find(reference)).toMatchObject({ status: 'paid', refunded: 30_000 });

    listener.markRefunded(event('payment.refunded', { id: 'second', amount: '60000.00' }));
    expect(store.find(reference)).toMatchObject({ status: 'refunded', refunded: 90_000 });
  });

  it('asks for a review when more comes back than was paid', () => {
    listener.markPaid(event('payment.succeeded'));
    listener.markRefunded(event('payment.refunded', { amount: '90001.00' }));

    expect(store.find(reference)).toMatchObject({ status: 'paid', refunded: 0 });
    expect(store.find(reference)?.review).toBeDefined();
  });

  describe('of a payment over SNAP', () => {
    function snapEvent<Type extends DokuPaymentEventType>(
      type: Type,
      { amount, ...refund }: { amount?: string; partnerRefundNo?: string } = {},
    ): DokuPaymentEvent<Type> {
      const facts = event(type);
      Reflect.deleteProperty(facts, 'amount');
      return {
        ...facts,
        // DOKU knows the attempt, not the order.
        reference: 'attempt-2',
        ...(amount !== undefined && { amount: { value: amount, currency: 'IDR' } }),
        payload: {
          originalPartnerReferenceNo: 'attempt-2',
          latestTransactionStatus: '',
          ...refund,
        },
      };
    }

    it('finds the order by its attempt', () => {
      listener.markPaid(snapEvent('payment.succeeded', { amount: '90000.00' }));

      expect(store.find(reference)).toMatchObject({ status: 'paid', paidBy: 'attempt-2' });
    });

    it('does not take an order for paid without an amount', () => {
      listener.markPaid(snapEvent('payment.succeeded'));

      expect(store.find(reference)).toMatchObject({ status: 'open' });
      expect(store.find(reference)?.review).toMatch(/another amount/);
    });

    it('takes "refunded" for the refund that was asked for, once', () => {
      listener.markPaid(snapEvent('payment.succeeded', { amount: '90000.00' }));
      const paid = store.get(reference, 'customer');
      const refund = {
        id: 'refund-1',
        amount: 90_000,
        reason: '',
        askedAt: 0,
        phase: 'unknown',
      } as const;
      store.save({ ...paid, refund });
      listener.markRefunded(snapEvent('payment.refunded'));

      const order = store.get(reference, 'customer');
      expect(order).toMatchObject({ status: 'refunded', refunded: 90_000 });
      expect(order.review).toBeUndefined();
      // The answer to the call comes late.
      expect(refunded(order, { amount: 90_000, refundId: 'refund-1' })).toBe(order);
    });

    it('does not count a refund again that the answer told already', () => {
      listener.markPaid(snapEvent('payment.succeeded', { amount: '90000.00' }));
      const answered = refunded(store.get(reference, 'customer'), {
        amount: 30_000,
        refundId: 'refund-1',
      });
      store.save(answered);
      listener.markRefunded(snapEvent('payment.refunded', { amount: '30000.00' }));

      expect(store.find(reference)).toMatchObject({ status: 'paid', refunded: 30_000 });
      expect(store.find(reference)?.review).toBeUndefined();
    });

    it('asks for a review when the bank gave back what nobody asked for', () => {
      listener.markPaid(snapEvent('payment.succeeded', { amount: '90000.00' }));
      listener.markRefunded(snapEvent('payment.refunded'));

      expect(store.find(reference)).toMatchObject({ status: 'paid', refunded: 0 });
      expect(store.find(reference)?.review).toBeDefined();
    });
  });

  describe('when nobody could learn how a call ended', () => {
    function unresolved(
      kind: DokuIntentKind,
      { attempt, id = 'unresolved' }: { readonly attempt: string; readonly id?: string },
    ): DokuEventOf<'payment.unresolved'> {
      return {
        ...event('payment.pending'),
        id,
        type: 'payment.unresolved',
        payload: {
          merchant: 'default',
          channel: 'cimb-direct-debit',
          operation: 'cimb.createPayment',
          kind,
          reference,
          attempt,
          ids: {},
          recordedAt: '2026-01-01T00:00:00.000Z',
          call: 'call',
        },
      };
    }

    it('asks for a review and takes nothing for failed, until the bank tells after all', () => {
      listener.askWhatBecame(unresolved('payment', { attempt: 'attempt-2' }));
      expect(store.find(reference)).toMatchObject({
        status: 'open',
        review: 'The bank could not tell what became of it.',
      });

      listener.markPaid(event('payment.succeeded'));
      expect(store.find(reference)).toMatchObject({ status: 'paid' });
      expect(store.find(reference)?.review).toBeUndefined();
    });

    it('changes nothing that is known already', () => {
      listener.markPaid(event('payment.succeeded'));
      listener.askWhatBecame(unresolved('payment', { attempt: 'attempt-2' }));
      expect(store.find(reference)?.review).toBeUndefined();

      listener.askWhatBecame(unresolved('refund', { attempt: 'refund-1', id: 'another' }));
      expect(store.find(reference)).toMatchObject({ status: 'paid', review: expect.any(String) });
    });

    it('keeps what else a person has to look at', () => {
      listener.markPaid(event('payment.succeeded', { amount: '1.00' }));
      listener.askWhatBecame(unresolved('payment', { attempt: 'attempt-2' }));

      expect(store.find(reference)?.review).toMatch(/another amount/);
    });
  });

  it('takes no notice of orders that it does not know', () => {
    reference = 'somebody-elses';

    expect(() => {
      listener.markPaid(event('payment.succeeded'));
    }).not.toThrow();
  });
});
