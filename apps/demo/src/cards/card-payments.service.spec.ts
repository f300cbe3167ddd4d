import { describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';

import { OrdersStore } from '../orders/orders.store.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import type { CardBank } from './card-bank.js';
import { CardPayments } from './card-payments.service.js';
import { SavedCards } from './saved-cards.service.js';

const PRODUCT = { id: 'kopi-gayo', name: 'Kopi Gayo', origin: 'Takengon, Aceh', price: 90_000 };

describe('CardPayments', () => {
  it('sends nothing for an order that was paid while the cards were asked for', async () => {
    const store = new OrdersStore(new EventEmitter2());
    const order = store.open('customer', 'draft', PRODUCT);
    let charged = 0;
    const notAsked = () => Promise.reject(new Error('not expected'));
    const bank: CardBank = {
      method: 'cimb',
      name: 'CIMB',
      whenBlocked: '',
      service: {
        listTokens: notAsked,
        deleteToken: notAsked,
        validatePaymentOtp: notAsked,
        resendPaymentOtp: notAsked,
        createPayment: () => {
          charged += 1;
          return Promise.resolve({ payment: { status: 'PENDING', token: 'token' } });
        },
      },
    };
    const moduleRef = await Test.createTestingModule({
      providers: [
        CardPayments,
        OneAtATime,
        { provide: OrdersStore, useValue: store },
        {
          provide: SavedCards,
          useValue: {
            find: () => {
              store.save({ ...store.get(order.reference, 'customer'), status: 'paid' });
              return Promise.resolve({ tokenId: 'token', label: 'CIMB' });
            },
          },
        },
      ],
    }).compile();

    const paid = await moduleRef.get(CardPayments).pay(bank, order, { cardId: 'card' });

    expect(paid.status).toBe('paid');
    expect(charged).toBe(0);
  });
});
