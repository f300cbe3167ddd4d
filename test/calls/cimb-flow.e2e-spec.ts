import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPartnerReference, dokuCall } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { OTP, paymentOf, registerCard, SimulatedDoku } from '../harness/simulated-shop.js';

describe('CIMB direct debit against the simulator', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary;

  beforeAll(async () => {
    doku = await SimulatedDoku.start();
    library = await startLibrary({ baseUrl: doku.url, http: { verifyResponses: 'strict' } });
  });

  afterAll(async () => {
    await library.close();
    await doku.stop();
  });

  it('registers, lists, pays with an OTP, asks, refunds and deletes', async () => {
    const { cimb, orders } = library;
    const card = await registerCard(library, doku);
    const request = paymentOf(card);
    const invoice = request.order.invoice_number;

    const payment = await cimb.createPayment(request);
    expect(payment.payment.status).toBe('PENDING');
    expect(payment.order).toMatchObject({
      invoice_number: invoice,
      amount: '90000.00',
      line_items: [{ name: 'Kopi susu', price: '90000.00' }],
    });
    const call = dokuCall(payment);
    expect(call).toMatchObject({ reference: invoice, httpStatus: 201, replayed: false });
    expect(call.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(call.sentAt).toBeInstanceOf(Date);

    await cimb.resendPaymentOtp({ payment: { token: payment.payment.token } });
    const paid = await cimb.validatePaymentOtp({
      payment: { token: payment.payment.token, otp: OTP },
    });
    expect(paid).toMatchObject({
      order: { amount: '90000.00' },
      payment: { status: 'SUCCESS', payment_id: expect.any(String) },
    });

    for (const request of [{ invoice_number: invoice }, { request_id: call.requestId }]) {
      expect(await orders.checkStatus(request)).toMatchObject({
        transaction: { status: 'SUCCESS', original_request_id: call.requestId },
        order: { invoice_number: invoice, amount: '90000.00' },
      });
    }

    const refund = await cimb.refund({
      order: { invoice_number: invoice },
      payment: { original_request_id: call.requestId },
      refund: { amount: '2000', reason: 'Cancel Order' },
    });
    expect(refund.refund).toMatchObject({ amount: '2000.00', status: 'SUCCESS' });
    expect(doku.simulator.ledger.balanceOf(invoice)).toEqual({ paid: 90_000, refunded: 2_000 });

    const customer = { id: card.customerId };
    await cimb.deleteToken({ customer, debit_card: { token_id: card.tokenId } });
    expect(await cimb.listTokens({ customer })).toEqual([]);
  });

  it('takes a Request-Id of the caller', async () => {
    const request = paymentOf(await registerCard(library, doku));
    const requestId = `order-1-${createPartnerReference()}`;

    const payment = await library.cimb.createPayment(request, { requestId });

    expect(dokuCall(payment).requestId).toBe(requestId);
  });

  it('tells a wrong OTP, with what DOKU says and nothing of the OTP', async () => {
    const payment = await library.cimb.createPayment(paymentOf(await registerCard(library, doku)));

    const wrong = library.cimb.validatePaymentOtp({
      payment: { token: payment.payment.token, otp: '123456' },
    });

    await expect(wrong).rejects.toMatchObject({
      code: 'refused',
      outcome: 'definite',
      httpStatus: 400,
      operation: 'cimb.validatePaymentOtp',
      responseCode: expect.stringMatching(/OTP/),
    });
    await expect(wrong).rejects.not.toThrow(/123456/);
  });

  it('asks for a payment that nobody knows', async () => {
    await expect(library.orders.checkStatus({ invoice_number: 'INV-none' })).rejects.toMatchObject({
      code: 'refused',
      httpStatus: 404,
      reference: 'INV-none',
    });
  });

  it('is refused as a stranger with another secret, and says so', async () => {
    const card = { customerId: 'cust-1', tokenId: 'none' };
    const stranger = await startLibrary({ baseUrl: doku.url, secretKey: 'SK-of-somebody-else-1' });

    await expect(stranger.cimb.listTokens({ customer: { id: 'cust-1' } })).rejects.toMatchObject({
      code: 'authentication',
      httpStatus: 401,
      fix: expect.stringMatching(/secretKey/),
    });
    await expect(stranger.cimb.createPayment(paymentOf(card))).rejects.toMatchObject({
      code: 'authentication',
      outcome: 'definite',
    });
    await stranger.close();
  });

  it('calls for the merchant that the call names, with its own credentials', async () => {
    const shops = await SimulatedDoku.start({
      merchants: [{ clientId: 'MCH-2', secretKey: 'SK-second-222' }],
    });
    const both = await startLibrary({
      baseUrl: shops.url,
      merchants: { second: { clientId: 'MCH-2', secretKey: 'SK-second-222' } },
    });

    await both.cimb.listTokens({ customer: { id: 'a' } });
    await both.cimb.listTokens({ customer: { id: 'a' } }, { merchant: 'second' });
    await expect(
      both.cimb.listTokens({ customer: { id: 'a' } }, { merchant: 'third' }),
    ).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/default, second/),
    });

    const seen = await shops.requests('cimb.listTokens');
    expect(seen.map(({ headers }) => headers['client-id'])).toEqual([
      'MCH-0001-10791114622547',
      'MCH-2',
    ]);
    await both.close();
    await shops.stop();
  });
});
