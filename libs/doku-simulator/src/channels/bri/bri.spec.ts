import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomInt, randomUUID } from 'node:crypto';
import { DokuSimulator } from '../../doku-simulator.js';
import { valueAt } from '../../engine/json.js';
import { DEFAULT_SECRET_KEY } from '../../simulator-options.js';
import { BRI_PATHS, BriShop } from '../../testing/bri-shop.js';
import { CimbShop, textOf } from '../../testing/cimb-shop.js';
import { isGenuine, NotificationReceiver } from '../../testing/notification-receiver.js';
import { TestMerchant, type TestAnswer } from '../../testing/test-merchant.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Status and code of a refusal. */
function refusalOf(answer: TestAnswer): [status: number, code: unknown] {
  return [answer.status, valueAt(answer.body, 'error.code')];
}

describe('BRI direct debit', () => {
  let simulator: DokuSimulator;
  let receiver: NotificationReceiver;
  let shop: BriShop;
  let invoice: string;
  let card: string;

  beforeAll(async () => {
    receiver = await NotificationReceiver.start();
    simulator = await DokuSimulator.start({ notificationUrl: receiver.url });
    shop = new BriShop(new TestMerchant(simulator.url));
  });
  beforeEach(() => {
    invoice = `INV-${randomUUID()}`;
    card = `60130${randomInt(1_000_000, 9_999_999)}2800`;
  });
  afterAll(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  /** Settles deliveries, then gives the notifications about the invoice of this test. */
  const notified = async (): Promise<unknown[]> => {
    await simulator.clock.advance(0);
    return receiver.received
      .filter(({ text }) => text.includes(invoice))
      .map((notification) => {
        expect(isGenuine(notification, DEFAULT_SECRET_KEY)).toBe(true);
        return notification.body;
      });
  };

  it('goes from card to payment and notification', async () => {
    const registration = await shop.register(card);
    const confirmed = await shop.confirm(textOf(registration, 'debit_card.token'));
    const tokenId = textOf(confirmed, 'debit_card.token_id');
    const listed = await shop.list();
    const created = await shop.pay(shop.paymentBody(tokenId, 90_000, invoice));
    const validated = await shop.enterOtp(textOf(created, 'payment.token'));
    const status = await shop.merchant.get(`/orders/v1/status/${invoice}`);

    expect([registration.status, registration.body]).toEqual([
      201,
      {
        customer: shop.customer,
        debit_card: { token: expect.any(String), status: 'PENDING', message: expect.any(String) },
      },
    ]);
    expect(confirmed.body).toMatchObject({
      customer: shop.customer,
      debit_card: { account_no: 'XXXXXXXX2800', status: 'SUCCESS' },
    });
    expect(listed.body).toContainEqual({
      customer: shop.customer,
      debit_card: { token_id: tokenId, account_no: 'XXXXXXXX2800' },
    });
    const order = {
      invoice_number: invoice,
      line_items: [{ name: 'T-Shirt Red', price: 45_000, quantity: 2 }],
      amount: 90_000,
    };
    expect([created.status, created.body]).toEqual([
      201,
      {
        order,
        payment: { token: expect.stringMatching(/^\?.*\+\/=$/), status: 'PENDING' },
        customer: shop.customer,
      },
    ]);
    expect([validated.status, validated.body]).toEqual([
      200,
      {
        order,
        payment: { token: textOf(created, 'payment.token'), status: 'SUCCESS' },
        customer: shop.customer,
      },
    ]);
    expect(shop.merchant.trusts(validated, 'POST', BRI_PATHS.validate)).toBe(true);
    const [notification, ...more] = await notified();
    expect(notification).toMatchObject({
      service: { id: 'DIRECT_DEBIT' },
      acquirer: { id: 'BRI' },
      channel: { id: 'DIRECT_DEBIT_BRI' },
      transaction: { status: 'SUCCESS', original_request_id: created.requestId },
      order: { invoice_number: invoice, amount: 90_000 },
    });
    expect(more).toEqual([]);
    expect(status.body).toEqual(notification);
    expect(simulator.ledger.entries()).toContainEqual(
      expect.objectContaining({
        invoiceNumber: invoice,
        operation: 'bri.validatePaymentOtp',
        from: `BRI:${card}`,
        to: `merchant:${shop.merchant.clientId}`,
      }),
    );
  });

  it('charges again without an OTP', async () => {
    const tokenId = await shop.saveCard(card);
    const answer = await shop.payAgain({
      ...shop.paymentBody(tokenId, 50_000, invoice),
      channel: { id: 'DIRECT_DEBIT' },
      acquirer: { id: 'BRI' },
      additional_info: {},
    });
    const poor = await shop.payAgain({
      ...shop.paymentBody(tokenId),
      order: { invoice_number: randomUUID(), amount: 51_051 },
    });

    expect([answer.status, textOf(answer, 'payment.status')]).toEqual([201, 'SUCCESS']);
    expect([poor.status, textOf(poor, 'payment.status')]).toEqual([201, 'FAILED']);
    expect(simulator.ledger.balanceOf(invoice).paid).toBe(50_000);
    expect(await notified()).toMatchObject([{ transaction: { status: 'SUCCESS' } }]);
  });

  it('charges once for a repeated Request-Id', async () => {
    const tokenId = await shop.saveCard(card);
    const body = shop.paymentBody(tokenId, 50_000, invoice);
    const requestId = randomUUID();
    const first = await shop.payAgain(body, { requestId });
    const second = await shop.payAgain(body, { requestId });

    expect([first.status, second.status, second.text]).toEqual([201, 409, first.text]);
    expect(simulator.ledger.balanceOf(invoice).paid).toBe(50_000);
  });

  describe('OTPs', () => {
    const openPayment = async (): Promise<string> => {
      const tokenId = await shop.saveCard(card);
      return textOf(await shop.pay(shop.paymentBody(tokenId, 90_000, invoice)), 'payment.token');
    };

    it('of payments tell wrong, expired and blocked apart', async () => {
      const token = await openPayment();
      const wrong = await shop.enterOtp(token, '123456');
      await simulator.clock.advance(5 * MINUTE_MS);
      const expired = await shop.enterOtp(token);
      await shop.merchant.post(BRI_PATHS.otp, { payment: { token } });
      const left: unknown[] = [];
      for (let tries = 0; tries < 4; tries++) {
        const answer = await shop.enterOtp(token, '1');
        left.push(valueAt(answer.body, 'error.details.remainingTries'));
      }
      const blocked = await shop.enterOtp(token);

      expect(refusalOf(wrong)).toEqual([400, 'INVALID_OTP']);
      expect(valueAt(wrong.body, 'error.details.remainingTries')).toBe(4);
      expect(refusalOf(expired)).toEqual([400, 'OTP_EXPIRED']);
      expect(left).toEqual([3, 2, 1, 0]);
      expect(refusalOf(blocked)).toEqual([400, 'OTP_BLOCKED']);
      expect(Date.parse(textOf(blocked, 'error.details.blockedUntil'))).toBeGreaterThan(
        simulator.clock.now().getTime() + DAY_MS - MINUTE_MS,
      );
      expect(await notified()).toMatchObject([{ transaction: { status: 'FAILED' } }]);
      expect(simulator.ledger.balanceOf(invoice).paid).toBe(0);
    });

    it('block the whole card, for 24 hours', async () => {
      const tokenId = await shop.saveCard(card);
      const token = await openPayment();
      for (let tries = 0; tries < 5; tries++) await shop.enterOtp(token, '1');
      const attempts = (): Promise<TestAnswer[]> =>
        Promise.all([
          shop.pay(shop.paymentBody(tokenId)),
          shop.payAgain(shop.paymentBody(tokenId)),
          shop.register(card),
          shop.merchant.post(BRI_PATHS.otp, { payment: { token } }),
        ]);
      const refused = await attempts();
      const otherCard = await shop.pay(shop.paymentBody(await shop.saveCard('6013019999992800')));
      await simulator.clock.advance(DAY_MS);
      const [paid, recurring, registered, resent] = (await attempts()).map(refusalOf);

      expect(refused.map(refusalOf)).toEqual(Array(4).fill([400, 'OTP_BLOCKED']));
      expect(otherCard.status).toBe(201);
      expect([paid, recurring, registered]).toEqual(Array(3).fill([201, undefined]));
      expect(resent).toEqual([400, 'PAYMENT_NOT_PENDING']);
    });

    it('that are right make up for those before', async () => {
      const first = await openPayment();
      for (let tries = 0; tries < 4; tries++) await shop.enterOtp(first, '1');
      await shop.enterOtp(first);
      const wrong = await shop.enterOtp(await openPayment(), '1');

      expect(valueAt(wrong.body, 'error.details.remainingTries')).toBe(4);
    });

    it('of registrations tell the same apart', async () => {
      const token = textOf(await shop.register(card), 'debit_card.token');
      await simulator.clock.advance(5 * MINUTE_MS);
      const expired = await shop.confirm(token);
      const resent = await shop.merchant.post(BRI_PATHS.tokenOtp, { debit_card: { token } });
      const wrong: TestAnswer[] = [];
      for (let tries = 0; tries < 5; tries++) wrong.push(await shop.confirm(token, '1'));
      const blocked = await shop.confirm(token);
      await simulator.clock.advance(DAY_MS);
      const over = await shop.confirm(token);

      expect(refusalOf(expired)).toEqual([400, 'OTP_EXPIRED']);
      expect(resent.body).toEqual({ debit_card: { token } });
      expect(wrong.map(refusalOf)).toEqual(Array(5).fill([400, 'INVALID_OTP']));
      expect(refusalOf(blocked)).toEqual([400, 'OTP_BLOCKED']);
      expect(refusalOf(over)).toEqual([400, 'REGISTRATION_NOT_PENDING']);
    });

    it('are good once', async () => {
      const token = await openPayment();
      await shop.enterOtp(token);
      const again = await shop.enterOtp(token);

      expect(refusalOf(again)).toEqual([400, 'PAYMENT_NOT_PENDING']);
      expect(simulator.ledger.balanceOf(invoice).paid).toBe(90_000);
    });
  });

  it('keeps its cards and payments apart from those of CIMB', async () => {
    const cimb = new CimbShop(simulator.url);
    const briCard = await shop.saveCard(card);
    const cimbCard = await cimb.saveCard('760012342800', shop.customer.id);
    const created = await shop.pay(shop.paymentBody(briCard, 90_000, invoice));
    const token = textOf(created, 'payment.token');
    const refused = [
      await shop.pay(shop.paymentBody(cimbCard)),
      await cimb.pay({ ...cimb.paymentBody(briCard), customer: shop.customer }),
      await cimb.enterOtp(token),
      await cimb.refund(invoice, created.requestId, 1),
    ];
    const paid = await shop.enterOtp(token);
    const tokens = JSON.stringify((await shop.list()).body);

    expect(refused.map(refusalOf)).toEqual([
      [404, 'TOKEN_NOT_FOUND'],
      [404, 'TOKEN_NOT_FOUND'],
      [404, 'PAYMENT_NOT_FOUND'],
      [404, 'PAYMENT_NOT_FOUND'],
    ]);
    expect(paid.status).toBe(200);
    expect([tokens.includes(briCard), tokens.includes(cimbCard)]).toEqual([true, false]);
  });

  it('forgets a card that is deleted', async () => {
    const tokenId = await shop.saveCard(card);
    const body = { customer: shop.customer, debit_card: { token_id: tokenId } };
    const deleted = await shop.merchant.post(BRI_PATHS.delete, body);
    const again = await shop.merchant.post(BRI_PATHS.delete, body);
    const unpaid = await shop.payAgain(shop.paymentBody(tokenId));

    expect(deleted.body).toEqual({
      customer: shop.customer,
      debit_card: { token_id: tokenId, status: 'SUCCESS', message: 'Success Unbinding Card' },
    });
    expect([again, unpaid].map(refusalOf)).toEqual([
      [404, 'TOKEN_NOT_FOUND'],
      [404, 'TOKEN_NOT_FOUND'],
    ]);
  });

  it.each([
    ['registering without a customer', BRI_PATHS.token, { debit_card: {} }],
    [
      'registering a card of letters',
      BRI_PATHS.token,
      { customer: { id: 'C' }, debit_card: { number: 'abc' } },
    ],
    ['confirming without a token', BRI_PATHS.validateToken, { debit_card: { otp: '999999' } }],
    [
      'confirming with a long OTP',
      BRI_PATHS.validateToken,
      { debit_card: { token: 'x', otp: '1234567' } },
    ],
    [
      'validating under the names of the table',
      BRI_PATHS.validate,
      { debit_card: { token: 'x', otp: '999999' } },
    ],
    ['listing with a long id', BRI_PATHS.tokens, { customer: { id: 'x'.repeat(51) } }],
    [
      'charging an amount with decimals',
      BRI_PATHS.recurring,
      {
        customer: { id: 'C' },
        order: { invoice_number: 'I', amount: 1.5 },
        payment: { token_id: 'x' },
      },
    ],
  ])('refuses %s', async (_what, path, body) => {
    expect(refusalOf(await shop.merchant.post(path, body))).toEqual([400, 'INVALID_PARAMETER']);
  });

  it('registers a card that is not described, and shows the registration', async () => {
    const body = { customer: { id: 'CUST-QUIET', phone: '081287458232' } };
    const answer = await shop.merchant.post(BRI_PATHS.token, body);
    const listed = await shop.api('GET', 'registrations');

    expect(listed.body).toContainEqual(
      expect.objectContaining({
        id: textOf(answer, 'debit_card.token'),
        acquirer: 'BRI',
        customerId: 'CUST-QUIET',
        accountNo: '6013012345672800',
        state: 'PENDING',
      }),
    );
  });

  it('processes what a fault hides', async () => {
    const tokenId = await shop.saveCard(card);
    const fault = { operation: 'bri.createRecurringPayment', fault: 'drop-after-processing' };
    await shop.api('POST', 'faults', fault);
    await expect(shop.payAgain(shop.paymentBody(tokenId, 90_000, invoice))).rejects.toThrow();

    expect(simulator.ledger.balanceOf(invoice).paid).toBe(90_000);
  });
});
