// Copied into each consumer app: what a shop does with both packages, written once for ESM and CommonJS.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import {
  CimbDirectDebitService,
  createPartnerReference,
  dokuCall,
  DokuError,
  DokuModule,
  type DokuEventOf,
  KkiService,
  OnDokuEvent,
} from 'nestjs-doku';
import { DokuSimulator } from 'nestjs-doku-simulator';
import { type RedisClient, redisTokenStore } from 'nestjs-doku/redis';
import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

const credentials = { clientId: 'MCH-CONSUMER', secretKey: 'SK-of-the-consumer-0123456789' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const customer = { id: 'CUST-1', name: 'Budi', phone: '6281122334455' };
const SUCCEEDED_WITHIN_MS = 10_000;

type PaymentSucceeded = DokuEventOf<'payment.succeeded'>;

@Injectable()
class PaidOrders {
  readonly events: PaymentSucceeded[] = [];
  private readonly waiting = new Map<string, (event: PaymentSucceeded) => void>();

  @OnDokuEvent('payment.succeeded')
  markPaid(event: PaymentSucceeded): void {
    this.events.push(event);
    this.waiting.get(event.reference)?.(event);
  }

  /** Ask before the payment is made. */
  next(reference: string): Promise<PaymentSucceeded> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`No payment.succeeded for ${reference}`));
      }, SUCCEEDED_WITHIN_MS);
      this.waiting.set(reference, (event) => {
        clearTimeout(timer);
        resolve(event);
      });
    });
  }
}

/** What came of it; compared with `expected` by the app's test and by `tools/test-consumers.mjs`. */
export type Outcome = Readonly<Record<string, unknown>>;

export const expected: Outcome = {
  registration: 'PENDING',
  approval: 200,
  cards: 1,
  payment: 'PENDING',
  validation: 'SUCCESS',
  requestIdKept: true,
  event: { channel: 'cimb-direct-debit', amount: { value: '90000.00', currency: 'IDR' } },
  ledger: 1,
  refusal: { code: 'refused', outcome: 'definite', isDokuError: true },
  genuine: 200,
  forged: 401,
  snap: { status: 'accepted', channel: 'kki', amount: { value: '25000.00', currency: 'IDR' } },
  tokenIsShared: true,
  events: 3,
};

/** Registers a card, pays with it and takes in notifications, all against the packed simulator. */
export async function roundtrip(): Promise<Outcome> {
  const port = await freePort();
  const shop = `http://127.0.0.1:${port}/doku`;
  const url = `${shop}/notifications`;
  const redis = new RedisInMemory();
  const simulator = await DokuSimulator.start({
    port: 0,
    ...credentials,
    merchantPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    notificationUrl: url,
    tokenUrl: `${shop}/authorization/v1/access-token/b2b`,
    snapNotificationUrl: `${shop}/v1.0/debit/notify`,
    logger: ['error'],
  });
  try {
    const app = await NestFactory.create(appModule(simulator, redis), { logger: ['error'] });
    try {
      await app.listen(port, '127.0.0.1');
      const paid = app.get(PaidOrders);
      return {
        ...(await pay(app.get(CimbDirectDebitService), paid)),
        ledger: simulator.ledger.entries().length,
        refusal: await payWithUnknownCard(app.get(CimbDirectDebitService)),
        ...(await notify(url)),
        snap: await payWithKki(app.get(KkiService), paid),
        tokenIsShared: redis.values.size > 0,
        events: paid.events.length,
      };
    } finally {
      await app.close();
    }
  } finally {
    await simulator.stop();
  }
}

function appModule({ url: baseUrl, dokuPublicKey }: DokuSimulator, redis: RedisClient) {
  @Module({
    imports: [
      EventEmitterModule.forRoot(),
      DokuModule.forRootAsync({
        useFactory: () => ({
          ...credentials,
          baseUrl,
          privateKey,
          dokuPublicKey,
          tokens: { store: redisTokenStore(redis) },
          notifications: { requireIssuedToken: true },
        }),
      }),
    ],
    providers: [PaidOrders],
  })
  class AppModule {}
  return AppModule;
}

async function pay(cimb: CimbDirectDebitService, paid: PaidOrders): Promise<Outcome> {
  const registration = await cimb.registerCard({
    customer,
    debit_card: { account_mobile_phone: customer.phone },
  });
  const page = new URL(registration.debit_card.cimb_registration_url);
  const id = page.pathname.split('/').pop() ?? '';
  const approval = await fetch(`${page.origin}/_simulator/registrations/${id}/approve`, {
    method: 'POST',
  });
  await approval.text();
  const cards = await cimb.listTokens({ customer: { id: customer.id } });

  const reference = createPartnerReference();
  const succeeded = paid.next(reference);
  const payment = await cimb.createPayment({
    customer,
    order: { invoice_number: reference, amount: 90_000 },
    payment: { token_id: cards[0]?.debit_card.token_id ?? '' },
  });
  const validation = await cimb.validatePaymentOtp({
    payment: { token: payment.payment.token, otp: '999999' },
  });
  const event = await succeeded;
  return {
    registration: registration.debit_card.status,
    approval: approval.status,
    cards: cards.length,
    payment: payment.payment.status,
    validation: validation.payment.status,
    requestIdKept: dokuCall(payment).requestId === event.payload.transaction?.original_request_id,
    event: { channel: event.channel, amount: event.amount },
  };
}

/** A SNAP call, and DOKU's two calls that follow: for a token, and with the notification. */
async function payWithKki(kki: KkiService, paid: PaidOrders): Promise<Outcome> {
  const partnerReferenceNo = createPartnerReference();
  const succeeded = paid.next(partnerReferenceNo);
  const { status } = await kki.createPayment({
    partnerReferenceNo,
    amount: { value: 25_000 },
    cpan: '9360001609987000000',
    otp: '99999999',
  });
  const { channel, amount } = await succeeded;
  return { status, channel, amount };
}

/** Stands in for ioredis, which the packages do not bring. */
class RedisInMemory implements RedisClient {
  readonly values = new Map<string, string>();

  get(key: string): Promise<string | null> {
    return Promise.resolve(this.values.get(key) ?? null);
  }

  set(key: string, value: string): Promise<unknown> {
    this.values.set(key, value);
    return Promise.resolve('OK');
  }

  del(key: string): Promise<unknown> {
    return Promise.resolve(this.values.delete(key));
  }

  eval(_script: string, _numberOfKeys: 1, key: string): Promise<unknown> {
    return this.del(key);
  }
}

async function payWithUnknownCard(cimb: CimbDirectDebitService): Promise<Outcome> {
  try {
    await cimb.createPayment({
      customer,
      order: { invoice_number: createPartnerReference(), amount: 90_000 },
      payment: { token_id: 'no-such-card' },
    });
    return { refused: false };
  } catch (error) {
    if (!(error instanceof DokuError)) throw error;
    return { code: error.code, outcome: error.outcome, isDokuError: true };
  }
}

/** As an app's own tests would play DOKU. */
async function notify(url: string): Promise<Outcome> {
  const payload = dokuNotificationFixtures.paymentSucceeded({ invoiceNumber: 'INV-2' });
  const { body, headers } = signDokuNotification({ ...credentials, payload });
  const post = async (text: string): Promise<number> => {
    const response = await fetch(url, { method: 'POST', headers, body: text });
    await response.text();
    return response.status;
  };
  return { genuine: await post(body), forged: await post(body.replace('90000', '1')) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
