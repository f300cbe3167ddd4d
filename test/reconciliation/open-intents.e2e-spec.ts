import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { createPartnerReference, type DokuCustomer, type DokuPaymentIntent } from 'nestjs-doku';

import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { ReconcilingShop } from '../harness/reconciling-shop.js';
import { OTP, paymentOf, registerCard } from '../harness/simulated-shop.js';
import { alloPaymentOf, bindAccount, SHOPPER } from '../harness/snap-shopper.js';

const HOUR_S = 3_600;
const SHORT = { timeoutMs: 900 };

let shop: ReconcilingShop;
let customerOf: (intent: DokuPaymentIntent) => DokuCustomer | undefined;

beforeAll(async () => {
  shop = await ReconcilingShop.start({
    reconciliation: { customer: (intent) => customerOf(intent) },
  });
});

beforeEach(() => {
  shop.delivery.forget();
  shop.delivery.outcome = 'queued';
  customerOf = () => undefined;
});

afterEach(async () => {
  jest.useRealTimers();
  await shop.doku.clearFaults();
});

afterAll(() => shop.close());

let phones = 0;
const startAllo = async (): Promise<string> => {
  phones += 1;
  const customer = await bindAccount(
    shop.services,
    shop.doku,
    `62813${String(phones).padStart(8, '0')}`,
  );
  const request = alloPaymentOf();
  await shop.services.allo.createPayment(request, { ...SHOPPER, customer });
  return request.partnerReferenceNo;
};

/** A KKI payment that DOKU has never seen, although nobody knows that. */
const neverArrives = async (): Promise<string> => {
  const partnerReferenceNo = createPartnerReference();
  await shop.doku.fault('kki.createPayment', 'drop-before-processing');
  await expect(
    shop.services.kki.createPayment({
      partnerReferenceNo,
      amount: { value: 50_000 },
      cpan: '9360001609987000000',
      otp: '99999999',
    }),
  ).rejects.toMatchObject({ code: 'outcome-unknown' });
  return partnerReferenceNo;
};

describe('a payment that has not ended', () => {
  it('stays open while it is pending, on SNAP', async () => {
    const reference = await startAllo();

    expect(await shop.delivery.askForAll()).toEqual(['open']);
    expect(shop.delivery.events).toEqual([]);

    await shop.doku.post(`/payments/${reference}/approve`, {});
    expect(await shop.delivery.askForAll()).toEqual(['settled']);
    expect(shop.delivery.of(reference)).toMatchObject([{ type: 'payment.succeeded' }]);
  });

  it('stays open while its OTP is awaited', async () => {
    const { cimb } = shop.services;
    const request = paymentOf(await registerCard(shop.services, shop.doku));
    const { token } = (await cimb.createPayment(request)).payment;

    expect(await shop.delivery.askForAll()).toEqual(['open']);

    await cimb.validatePaymentOtp({ payment: { token, otp: OTP } });
    expect(await shop.delivery.askForAll()).toEqual(['settled']);
    expect(shop.delivery.of(request.order.invoice_number)).toMatchObject([
      { type: 'payment.succeeded', source: 'reconciliation', status: 'SUCCESS' },
    ]);
  });

  it('stays open, and is not failed, while DOKU does not know it', async () => {
    const reference = await neverArrives();

    expect(await shop.delivery.askForAll()).toEqual(['open']);
    expect(shop.delivery.of(reference)).toEqual([]);
  });

  it('stays open when DOKU cannot be asked', async () => {
    await startAllo();
    await shop.doku.fault('snap.checkStatus', 'error-500', { times: null });

    expect(await shop.delivery.askForAll()).toEqual(['failed']);
    expect(shop.delivery.open).toHaveLength(1);
  });

  it('stays open when the event is not taken, and is asked for again', async () => {
    const reference = await startAllo();
    await shop.doku.post(`/payments/${reference}/approve`, {});
    shop.delivery.outcome = 'unavailable';
    expect(await shop.delivery.askForAll()).toEqual(['open']);

    shop.delivery.outcome = 'queued';

    expect(await shop.delivery.askForAll()).toEqual(['settled']);
    expect(shop.delivery.of(reference)).toHaveLength(1);
  });
});

describe('a payment that never ends', () => {
  it.each([
    ['that DOKU does not know', neverArrives, 'open'],
    ['that stays pending', startAllo, 'open'],
    [
      'that DOKU cannot be asked for',
      async () => {
        const reference = await startAllo();
        await shop.doku.fault('snap.checkStatus', 'error-500', { times: null });
        return reference;
      },
      'failed',
    ],
  ])('%s is unresolved after 48 hours, never failed', async (_which, pay, until) => {
    freezeDate(new Date());
    const reference = await pay();
    passSeconds(48 * HOUR_S - 1);
    expect(await shop.delivery.askForAll()).toEqual([until]);
    expect(shop.delivery.of(reference)).toEqual([]);
    const [intent] = shop.delivery.open;

    passSeconds(1);

    expect(await shop.delivery.askForAll()).toEqual(['settled']);
    expect(shop.delivery.of(reference)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/),
        type: 'payment.unresolved',
        source: 'reconciliation',
        channel: intent?.channel,
        merchant: 'default',
        status: 'UNRESOLVED',
        occurredAt: new Date().toISOString(),
        receivedAt: new Date().toISOString(),
        delivery: {
          attempt: 1,
          transportId: expect.stringMatching(until === 'failed' ? /^$/ : /^\d{32}$/),
        },
        reference,
        payload: intent,
      },
    ]);
    expect(shop.delivery.open).toEqual([]);
  });

  it('can still succeed by a notification that comes later', async () => {
    freezeDate(new Date());
    const reference = await startAllo();
    passSeconds(48 * HOUR_S);
    await shop.delivery.askForAll();
    await shop.doku.post(`/payments/${reference}/approve`, {});

    await shop.notify(reference);

    expect(shop.delivery.of(reference).map(({ type }) => type)).toEqual([
      'payment.unresolved',
      'payment.succeeded',
    ]);
  });

  it('is not given up when the event is not taken', async () => {
    freezeDate(new Date());
    await neverArrives();
    passSeconds(48 * HOUR_S);
    shop.delivery.outcome = 'unavailable';

    expect(await shop.delivery.askForAll()).toEqual(['open']);
  });
});

describe('the customer of a query', () => {
  const topUp = async () => {
    phones += 1;
    const phoneNo = `62813${String(phones).padStart(8, '0')}`;
    const { wallet } = (await shop.doku.post('/wallets', { phoneNo, bind: true })) as {
      wallet: { accountId: string };
    };
    const customer = { accountId: wallet.accountId };
    const partnerReferenceNo = createPartnerReference();
    await shop.loseAnswer('wallet.topUp', () =>
      shop.services.wallet.topUp(
        { partnerReferenceNo, customerNumber: phoneNo, amount: { value: 100_000 } },
        { customer },
      ),
    );
    return { partnerReferenceNo, customer };
  };

  it('is found by the reference of the intent', async () => {
    const { partnerReferenceNo, customer } = await topUp();
    customerOf = ({ reference }) => (reference === partnerReferenceNo ? customer : undefined);

    expect(await shop.delivery.askForAll()).toEqual(['settled']);
  });

  it('is missed with a warning, and nothing is asked', async () => {
    const { partnerReferenceNo } = await topUp();

    const { received } = await shop.doku.counting('wallet.queryTopUp', async () => {
      expect(await shop.delivery.askForAll()).toEqual(['failed']);
    });

    expect(received).toBe(0);
    expect(
      shop.host.logs.matching(
        new RegExp(`^warn .*${partnerReferenceNo}.*stays open.*reconciliation\\.customer`),
      ),
    ).toHaveLength(1);
  });

  it('may be out of reach for a while', async () => {
    const { customer } = await topUp();
    customerOf = () => {
      throw new Error('the database is down');
    };
    expect(await shop.delivery.askForAll()).toEqual(['failed']);

    customerOf = () => customer;

    expect(await shop.delivery.askForAll()).toEqual(['settled']);
  });
});

describe('a call that was refused', () => {
  it('leaves nothing to ask for', async () => {
    const refused = {
      partnerReferenceNo: createPartnerReference(),
      // The simulator's insufficient funds.
      amount: { value: 51_051 },
      cpan: '9360001609987000000',
      otp: '99999999',
    };

    await expect(shop.services.kki.createPayment(refused)).rejects.toMatchObject({
      code: 'refused',
      outcome: 'definite',
    });

    expect(shop.delivery.open).toEqual([]);
  });

  it('does not make the first attempt forgotten, whose outcome is open', async () => {
    const reference = await neverArrives();
    const [first] = shop.delivery.open;
    await shop.doku.fault('kki.createPayment', 'refuse', { responseCode: '4035414' });

    await expect(
      shop.services.kki.createPayment({
        partnerReferenceNo: reference,
        amount: { value: 50_000 },
        cpan: '9360001609987000000',
        otp: '99999999',
      }),
    ).rejects.toMatchObject({ code: 'refused' });

    expect(shop.delivery.open).toEqual([first]);
  });

  it('of a payment that cannot be repeated either leaves nothing', async () => {
    const { cimb } = shop.services;
    const request = paymentOf({ customerId: 'cust-nobody', tokenId: 'no-such-token' });

    await expect(cimb.createPayment(request, SHORT)).rejects.toMatchObject({ code: 'refused' });

    expect(shop.delivery.open).toEqual([]);
  });

  it('is told apart from one that only reads', async () => {
    const reference = await startAllo();
    shop.delivery.forget();

    await shop.services.allo.checkStatus({ originalPartnerReferenceNo: reference });

    expect(shop.delivery.open).toEqual([]);
  });
});

describe('what is found', () => {
  it('is published once, not again when it was known', async () => {
    const messages: unknown[] = [];
    const keep = (message: unknown) => messages.push(message);
    subscribe('nestjs-doku:payment.reconciled', keep);
    const reference = await startAllo();
    const [intent] = shop.delivery.open;
    await shop.doku.post(`/payments/${reference}/approve`, {});

    await shop.delivery.askForAll();
    if (intent) await shop.delivery.intents.record(intent);
    expect(await shop.delivery.askForAll()).toEqual(['settled']);
    unsubscribe('nestjs-doku:payment.reconciled', keep);

    const [event] = shop.delivery.of(reference);
    expect(messages).toEqual([
      {
        event: {
          id: event?.id,
          type: 'payment.succeeded',
          source: 'reconciliation',
          channel: 'allo-direct-debit',
          merchant: 'default',
        },
        ageMs: expect.any(Number),
      },
    ]);
  });

  it('is a success for good, with the time of the payment', async () => {
    const reference = await startAllo();
    await shop.doku.post(`/payments/${reference}/approve`, {});
    await shop.delivery.askForAll();

    const [event] = shop.delivery.of(reference);
    const { paidTime } = await shop.services.allo.checkStatus({
      originalPartnerReferenceNo: reference,
    });
    expect(event).toMatchObject({
      occurredAt: new Date(paidTime ?? '').toISOString(),
      dokuReference: expect.any(String),
      payload: {
        originalPartnerReferenceNo: reference,
        latestTransactionStatus: '00',
        amount: { value: '50000.00', currency: 'IDR' },
      },
    });
    // Our own reading of the answer is no member of DOKU's.
    expect(event?.payload).not.toHaveProperty('status');
  });
});
