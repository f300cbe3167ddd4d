import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DokuSimulator } from '../../doku-simulator.js';
import { DEFAULT_SECRET_KEY } from '../../simulator-options.js';
import { CimbShop, PATHS, textOf } from '../../testing/cimb-shop.js';
import { isGenuine, NotificationReceiver } from '../../testing/notification-receiver.js';
import { exchange } from '../../testing/test-merchant.js';

describe('CIMB direct debit', () => {
  let simulator: DokuSimulator;
  let receiver: NotificationReceiver;
  let shop: CimbShop;
  let invoice: string;

  beforeAll(async () => {
    receiver = await NotificationReceiver.start();
    simulator = await DokuSimulator.start({ logger: false, notificationUrl: receiver.url });
    shop = new CimbShop(simulator.url);
  });
  beforeEach(() => {
    invoice = `INV-${randomUUID()}`;
  });
  afterAll(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  /** Settles deliveries, then gives the notifications about the invoice of this test. */
  const notified = async (): Promise<unknown[]> => {
    await simulator.clock.advance(0);
    return receiver.received
      .map(({ body }) => body)
      .filter((body) => JSON.stringify(body).includes(invoice));
  };

  it('goes from card to payment, notification and refund', async () => {
    const tokenId = await shop.saveCard();
    const created = await shop.pay(shop.paymentBody(tokenId, 90_000, invoice));
    expect(created.status).toBe(201);
    expect(shop.merchant.trusts(created, 'POST', PATHS.payment)).toBe(true);
    expect(created.body).toEqual({
      customer: shop.customer,
      order: {
        invoice_number: invoice,
        line_items: [{ name: 'Vitamin C', price: '90000', quantity: '1' }],
        amount: '90000',
        session_id: 'SESSION-1',
      },
      payment: { token: expect.stringMatching(/^\?.*\+\/=$/), status: 'PENDING' },
    });

    const token = textOf(created, 'payment.token');
    const validated = await shop.enterOtp(token);
    expect(validated.status).toBe(200);
    expect(validated.body).toEqual({
      customer: shop.customer,
      order: {
        invoice_number: invoice,
        line_items: [{ name: 'Vitamin C', price: '90000', quantity: '1' }],
        amount: '90000.00',
      },
      payment: { payment_id: expect.stringMatching(/^\d{12}$/), token, status: 'SUCCESS' },
    });

    expect(await notified()).toEqual([
      {
        service: { id: 'DIRECT_DEBIT' },
        acquirer: { id: 'CIMB' },
        channel: { id: 'DIRECT_DEBIT_CIMB' },
        transaction: {
          status: 'SUCCESS',
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          original_request_id: created.requestId,
        },
        order: { invoice_number: invoice, amount: 90_000 },
        customer: { id: shop.customer.id },
      },
    ]);
    expect(receiver.received.every((each) => isGenuine(each, DEFAULT_SECRET_KEY))).toBe(true);

    const refunded = await shop.refund(invoice, created.requestId, 90_000);
    expect(refunded.status).toBe(201);
    expect(refunded.body).toEqual({
      order: { invoice_number: invoice },
      payment: {
        original_request_id: created.requestId,
        payment_id: textOf(validated, 'payment.payment_id'),
      },
      refund: { amount: 90_000, reason: 'Cancel Order', status: 'SUCCESS', message: 'SUCCESS' },
    });
    expect((await notified()).at(-1)).toMatchObject({
      transaction: { status: 'REFUNDED', original_request_id: created.requestId },
      refund: { amount: 90_000, reason: 'Cancel Order', status: 'SUCCESS' },
    });
    expect(simulator.ledger.balanceOf(invoice)).toEqual({ paid: 90_000, refunded: 90_000 });
    expect(simulator.ledger.debitedTwice()).toEqual([]);
  });

  describe('cards', () => {
    it('are listed with a masked account, per customer', async () => {
      const customerId = randomUUID();
      const none = await shop.merchant.post(PATHS.tokens, { customer: { id: customerId } });
      const tokenId = await shop.saveCard('760012342800', customerId);
      const one = await shop.merchant.post(PATHS.tokens, { customer: { id: customerId } });

      expect(none.body).toEqual([]);
      expect(one.body).toEqual([
        {
          customer: { id: customerId, name: shop.customer.name },
          debit_card: { token_id: tokenId, account_no: 'XXXXXXXX2800' },
        },
      ]);
    });

    it('cannot pay once deleted', async () => {
      const tokenId = await shop.saveCard();
      const body = { customer: shop.customer, debit_card: { token_id: tokenId } };
      const deleted = await shop.merchant.post(PATHS.delete, body);
      const again = await shop.merchant.post(PATHS.delete, body);
      const paid = await shop.pay(shop.paymentBody(tokenId));

      expect(deleted.status).toBe(200);
      expect(deleted.body).toEqual({
        customer: shop.customer,
        debit_card: { token_id: tokenId, status: 'SUCCESS', message: 'Success Unbinding Card' },
      });
      expect([again.status, paid.status]).toEqual([404, 404]);
      expect(textOf(paid, 'error.code')).toBe('TOKEN_NOT_FOUND');
    });

    it('cannot pay for another customer', async () => {
      const tokenId = await shop.saveCard('760012342800', 'SOMEBODY');

      expect((await shop.pay(shop.paymentBody(tokenId))).status).toBe(404);
    });
  });

  describe('registration page', () => {
    const open = async (): Promise<string> =>
      textOf(await shop.register(), 'debit_card.cimb_registration_url');
    const submit = (url: string, form: string): ReturnType<typeof exchange> =>
      exchange(url, 'POST', {}, form);

    it('shows who asks, and sends the browser on', async () => {
      const url = await open();
      const page = await exchange(url, 'GET', {});
      const approved = await submit(url, 'action=approve&account_no=1234+5678+9012');

      expect(page.text).toContain('MCH-0001-10791114622547');
      expect(page.text).toContain('Anton Budiman (CUST-1)');
      expect(page.text).toContain('6281394130621');
      expect([approved.status, approved.headers.location]).toEqual([
        303,
        'https://shop.example/ok',
      ]);
      const cards = await shop.api('GET', 'cards');
      expect(cards.text).toContain('"accountNo":"123456789012"');
    });

    it('percent-encodes the address that the browser is sent to', async () => {
      const registered = await shop.register(randomUUID(), 'http://shop.example/?x=世界');
      const url = textOf(registered, 'debit_card.cimb_registration_url');
      const approved = await submit(url, 'action=approve&account_no=123456789012');

      expect([approved.status, approved.headers.location]).toEqual([
        303,
        'http://shop.example/?x=%E4%B8%96%E7%95%8C',
      ]);
    });

    it.each(['/ok', 'http:shop', 'http://%', 'ftp://shop.example/', 'http://shop.example/a b'])(
      'cannot send the browser to %s',
      async (address) => {
        const refused = await shop.register(randomUUID(), address);

        expect(refused.status).toBe(400);
        expect(textOf(refused, 'error.message')).toContain(
          'debit_card.success_registration_url must be an absolute http or https URL',
        );
      },
    );

    it('sends the browser to the failure page when declined', async () => {
      const declined = await submit(await open(), 'action=decline');

      expect([declined.status, declined.headers.location]).toEqual([
        303,
        'https://shop.example/failed',
      ]);
    });

    it('asks again for a malformed account number, and is used once only', async () => {
      const url = await open();
      const wrong = await submit(url, 'action=approve&account_no=12%3Cb%3E');
      await submit(url, 'action=approve&account_no=123456789012');
      const used = await submit(url, 'action=decline');
      const shown = await exchange(url, 'GET', {});

      expect(wrong.status).toBe(400);
      expect(wrong.text).toContain('8 to 20 digits; given: &quot;12&lt;b&gt;&quot;');
      expect(used.text).toContain('cannot be used again');
      expect(shown.text).toContain('cannot be used again');
    });

    it('does not know strangers', async () => {
      expect((await exchange(`${shop.url}/cimb/register/x`, 'GET', {})).status).toBe(404);
    });
  });

  describe('OTP', () => {
    const start = async (amount = 90_000, accountNo?: string): Promise<string> => {
      const tokenId = await shop.saveCard(accountNo);
      return textOf(await shop.pay(shop.paymentBody(tokenId, amount, invoice)), 'payment.token');
    };

    it('may be wrong four times', async () => {
      const token = await start();
      for (const left of [4, 3, 2, 1]) {
        const wrong = await shop.enterOtp(token, '000000');
        expect(wrong.status).toBe(400);
        expect(wrong.body).toMatchObject({
          error: { code: 'INVALID_OTP', details: { remainingTries: left } },
        });
      }

      expect(textOf(await shop.enterOtp(token), 'payment.status')).toBe('SUCCESS');
    });

    it('fails the payment when wrong for the fifth time', async () => {
      const token = await start();
      for (let entry = 1; entry <= 4; entry++) await shop.enterOtp(token, '000000');
      const fifth = await shop.enterOtp(token, '000000');
      const late = await shop.enterOtp(token);

      expect(fifth.status).toBe(200);
      expect(textOf(fifth, 'payment.status')).toBe('FAILED');
      expect(textOf(late, 'error.code')).toBe('PAYMENT_NOT_PENDING');
      expect(await notified()).toMatchObject([{ transaction: { status: 'FAILED' } }]);
      expect(simulator.ledger.balanceOf(invoice)).toEqual({ paid: 0, refunded: 0 });
    });

    it('expires after five minutes, until it is sent again', async () => {
      const token = await start();
      await simulator.clock.advance(5 * 60_000);
      const expired = await shop.enterOtp(token);
      const resent = await shop.merchant.post(PATHS.otp, { payment: { token } });
      await simulator.clock.advance(4 * 60_000);
      const inTime = await shop.enterOtp(token);

      expect(textOf(expired, 'error.code')).toBe('OTP_EXPIRED');
      expect([resent.status, resent.body]).toEqual([200, { payment: { token } }]);
      expect(textOf(inTime, 'payment.status')).toBe('SUCCESS');
    });

    it('belongs to a known payment', async () => {
      const answer = await shop.enterOtp('?unknown');

      expect([answer.status, textOf(answer, 'error.code')]).toEqual([404, 'PAYMENT_NOT_FOUND']);
    });

    it.each([
      ['an account that ends in 0000', 90_000, '760012340000'],
      ['the amount 51051', 51_051, '760012342800'],
    ])('does not help %s', async (_what, amount, accountNo) => {
      const validated = await shop.enterOtp(await start(amount, accountNo));

      expect([validated.status, textOf(validated, 'payment.status')]).toEqual([200, 'FAILED']);
      expect(await notified()).toMatchObject([{ transaction: { status: 'FAILED' } }]);
    });

    it('is not asked of an account that ends in 1111', async () => {
      const tokenId = await shop.saveCard('760012341111');
      const created = await shop.pay(shop.paymentBody(tokenId, 90_000, invoice));

      expect(textOf(created, 'payment.status')).toBe('SUCCESS');
      expect(simulator.ledger.balanceOf(invoice).paid).toBe(90_000);
    });
  });

  describe('payment', () => {
    it('needs line items that add up, unless switched off', async () => {
      const tokenId = await shop.saveCard();
      const body = {
        ...shop.paymentBody(tokenId),
        order: {
          invoice_number: invoice,
          amount: 20_000,
          line_items: [
            { name: 'Vitamin C', price: 40_000, quantity: 1 },
            { name: 'Pensil Warna', price: 25_000, quantity: 2 },
          ],
        },
      };
      const refused = await shop.pay(body);
      await shop.api('POST', 'settings', { checkLineItems: false });
      const accepted = await shop.pay(body);
      await shop.api('POST', 'settings', { checkLineItems: true });

      expect(textOf(refused, 'error.message')).toMatch(
        /add up to 90000, but order\.amount is 20000/,
      );
      expect(accepted.status).toBe(201);
    });

    it('may send its notifications to another host, but not to another path', async () => {
      const other = await NotificationReceiver.start();
      const tokenId = await shop.saveCard('760012341111');
      const body = (url: string): object => ({
        ...shop.paymentBody(tokenId, 90_000, invoice),
        additional_info: { override_notification_url: url },
      });
      const elsewhere = await shop.pay(body('https://shop.example/another/path'));
      await shop.pay(body(other.url));
      await other.until(1);
      await other.stop();

      expect(textOf(elsewhere, 'error.message')).toMatch(
        /path of the registered notification URL, "\/payments\/notifications"/,
      );
      expect(other.received).toHaveLength(1);
    });
  });

  describe('refund', () => {
    const payAtOnce = async (amount: number): Promise<string> => {
      const tokenId = await shop.saveCard('760012341111');
      return (await shop.pay(shop.paymentBody(tokenId, amount, invoice))).requestId;
    };

    it('may be made in parts until nothing is left', async () => {
      const requestId = await payAtOnce(1_000);
      const statuses: number[] = [];
      for (const amount of [400, 500]) {
        statuses.push((await shop.refund(invoice, requestId, amount)).status);
      }
      const tooMuch = await shop.refund(invoice, requestId, 101);
      const rest = await shop.refund(invoice, requestId, 100);
      const nothingLeft = await shop.refund(invoice, requestId, 1);

      expect([...statuses, rest.status]).toEqual([201, 201, 201]);
      expect(textOf(tooMuch, 'error.message')).toMatch(/only 100 of 1000 is left/);
      expect(textOf(nothingLeft, 'error.message')).toMatch(/only 0 of 1000/);
      expect(simulator.ledger.balanceOf(invoice)).toEqual({ paid: 1_000, refunded: 1_000 });
    });

    it('takes the amount as a string too', async () => {
      const requestId = await payAtOnce(1_000);
      const answer = await shop.merchant.post(PATHS.refund, {
        order: { invoice_number: invoice },
        payment: { original_request_id: requestId },
        refund: { amount: '250' },
      });

      expect(answer.body).toMatchObject({ refund: { amount: 250, status: 'SUCCESS' } });
    });

    it('needs the invoice and the Request-Id of its payment', async () => {
      const requestId = await payAtOnce(1_000);
      const wrongInvoice = await shop.refund('INV-ANOTHER', requestId, 1);
      const wrongRequest = await shop.refund(invoice, 'another', 1);

      expect([wrongInvoice.status, wrongRequest.status]).toEqual([404, 404]);
      expect(textOf(wrongRequest, 'error.message')).toContain('not of payment/validate');
    });

    it('needs a payment that succeeded', async () => {
      const tokenId = await shop.saveCard();
      const { requestId } = await shop.pay(shop.paymentBody(tokenId, 1_000, invoice));

      expect(textOf(await shop.refund(invoice, requestId, 1), 'error.code')).toBe(
        'PAYMENT_NOT_REFUNDABLE',
      );
    });

    it('can be made without a notification', async () => {
      const requestId = await payAtOnce(1_000);
      await shop.api('POST', 'settings', { notifyRefunds: false });
      await shop.refund(invoice, requestId, 1_000);
      await shop.api('POST', 'settings', { notifyRefunds: true });

      expect(await notified()).toMatchObject([{ transaction: { status: 'SUCCESS' } }]);
    });
  });

  describe('check status', () => {
    it('answers by invoice number and by Request-Id, signed without a Digest', async () => {
      const tokenId = await shop.saveCard();
      const created = await shop.pay(shop.paymentBody(tokenId, 1_000, invoice));
      const path = `/orders/v1/status/${invoice}`;
      const pending = await shop.merchant.get(path);
      await shop.enterOtp(textOf(created, 'payment.token'));
      const byRequestId = await shop.merchant.get(`/orders/v1/status/${created.requestId}`);

      expect(pending.status).toBe(200);
      expect(shop.merchant.trusts(pending, 'GET', path)).toBe(true);
      expect(pending.body).toMatchObject({
        transaction: { status: 'PENDING', original_request_id: created.requestId },
        order: { invoice_number: invoice, amount: 1_000 },
      });
      expect(byRequestId.body).toMatchObject({ transaction: { status: 'SUCCESS' } });
    });

    it('prefers the attempt that succeeded', async () => {
      const poor = await shop.saveCard('760012340000');
      const rich = await shop.saveCard('760012341111');
      await shop.pay(shop.paymentBody(rich, 1_000, invoice));
      await shop.pay(shop.paymentBody(poor, 1_000, invoice));

      const answer = await shop.merchant.get(`/orders/v1/status/${invoice}`);
      expect(textOf(answer, 'transaction.status')).toBe('SUCCESS');
    });

    it('does not know what was never paid', async () => {
      const answer = await shop.merchant.get('/orders/v1/status/INV-NEVER');

      expect([answer.status, textOf(answer, 'error.code')]).toEqual([404, 'TRANSACTION_NOT_FOUND']);
    });
  });
});
