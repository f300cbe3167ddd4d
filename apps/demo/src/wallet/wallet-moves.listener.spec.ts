import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { DokuPaymentEvent, DokuPaymentEventType } from 'nestjs-doku';

import { OrdersStore } from '../orders/orders.store.js';
import { newMove, type WalletMove } from './wallet-move.js';
import { WalletMovesListener } from './wallet-moves.listener.js';
import { WalletMovesStore } from './wallet-moves.store.js';

describe('WalletMovesListener', () => {
  let moves: WalletMovesStore;
  let orders: OrdersStore;
  let listener: WalletMovesListener;

  beforeEach(() => {
    moves = new WalletMovesStore();
    orders = new OrdersStore(new EventEmitter2());
    listener = new WalletMovesListener(moves, orders);
    const facts = { id: 'move', customerId: 'customer', amount: 50_000, to: 'Budi' };
    const inquiry = {} as Extract<WalletMove, { kind: 'top-up' }>['inquiry'];
    moves.save({ ...newMove(facts), kind: 'top-up', inquiry, phase: 'unknown' });
  });

  function event(type: DokuPaymentEventType, reference = 'move'): DokuPaymentEvent {
    const at = '2026-01-01T00:00:00.000Z';
    return {
      id: type,
      type,
      source: 'reconciliation',
      channel: 'wallet',
      merchant: 'default',
      reference,
      status: '00',
      occurredAt: at,
      receivedAt: at,
      delivery: { attempt: 1, transportId: '' },
      payload: { originalPartnerReferenceNo: reference, latestTransactionStatus: '00' },
    };
  }

  const phase = (): string | undefined => moves.find('move')?.phase;
  const settle = (told: DokuPaymentEvent): void => {
    listener.settle(told);
  };

  it.each<[DokuPaymentEventType, string]>([
    ['payment.succeeded', 'done'],
    ['payment.failed', 'refused'],
    ['payment.cancelled', 'refused'],
    ['payment.pending', 'unknown'],
  ])('takes %s for %s', (type, expected) => {
    settle(event(type));

    expect(phase()).toBe(expected);
  });

  it('takes nothing back that was done, whoever tells', () => {
    settle(event('payment.succeeded'));
    settle(event('payment.failed'));
    // A call that was under way meanwhile, and got no answer.
    moves.save({ ...moves.get('move', 'customer'), phase: 'unknown' });

    expect(phase()).toBe('done');
  });

  it('warns of what is neither a movement nor an attempt to pay', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    settle(event('payment.succeeded', 'nobodys'));

    expect(warn).toHaveBeenCalledWith(expect.stringContaining('nobodys'));
  });
});
