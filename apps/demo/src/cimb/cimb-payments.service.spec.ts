import { describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { CimbDirectDebitService } from 'nestjs-doku';

import { CardsService } from '../cards/cards.service.js';
import { OrdersStore } from '../orders/orders.store.js';
import { CimbPaymentsService } from './cimb-payments.service.js';
import { OneAtATime } from '../payments/one-at-a-time.js';

const PRODUCT = { id: 'kopi-gayo', name: 'Kopi Gayo', origin: 'Takengon, Aceh', price: 90_000 };

describe('CimbPaymentsService', () => {
  it('sends nothing for an order that was paid while the cards were asked for', async () => {
    const store = new OrdersStore(new EventEmitter2());
    const order = store.open('customer', 'draft', PRODUCT);
    let charged = 0;
    const moduleRef = await Test.createTestingModule({
      providers: [
        CimbPaymentsService,
        OneAtATime,
        { provide: OrdersStore, useValue: store },
        {
          provide: CardsService,
          useValue: {
            find: () => {
              store.save({ ...store.get(order.reference, 'customer'), status: 'paid' });
              return Promise.resolve({ tokenId: 'token', label: 'CIMB' });
            },
          },
        },
        {
          provide: CimbDirectDebitService,
          useValue: {
            createPayment: () => {
              charged += 1;
              return Promise.resolve({ payment: { status: 'PENDING', token: 'token' } });
            },
          },
        },
      ],
    }).compile();

    const paid = await moduleRef.get(CimbPaymentsService).pay(order, 'card');

    expect(paid.status).toBe('paid');
    expect(charged).toBe(0);
  });
});
