import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BRI_OTP_RULES, createPartnerReference } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { OTP, paymentOf, SimulatedDoku } from '../harness/simulated-shop.js';

const MINUTES = 60_000;
const HOURS = 60 * MINUTES;

describe('BRI direct debit against the simulator', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary;
  let cards = 0;

  beforeAll(async () => {
    doku = await SimulatedDoku.start();
    library = await startLibrary({ baseUrl: doku.url, http: { verifyResponses: 'strict' } });
  });

  afterAll(async () => {
    await library.close();
    await doku.stop();
  });

  const register = async () => {
    const customer = { id: `cust-${createPartnerReference().slice(0, 12)}` };
    cards += 1;
    return library.bri.registerCard({
      customer,
      debit_card: { number: `60130123456${String(cards).padStart(5, '1')}` },
    });
  };
  const registered = async (): Promise<{ customerId: string; tokenId: string }> => {
    const { customer, debit_card } = await register();
    const token = debit_card?.token ?? '';
    await library.bri.validateRegistrationOtp({ debit_card: { token, otp: OTP } });
    const [card] = await library.bri.listTokens({ customer: { id: customer?.id ?? '' } });
    return { customerId: customer?.id ?? '', tokenId: card?.debit_card.token_id ?? '' };
  };
  const tokenOfPayment = async (card: { customerId: string; tokenId: string }) => {
    const { payment } = await library.bri.createPayment(paymentOf(card));
    return payment.token;
  };
  /** What came of an OTP: nothing, or the error. */
  const enter = (token: string, otp: string): Promise<unknown> =>
    library.bri.validatePaymentOtp({ payment: { token, otp } }).then(
      () => 'paid',
      (error: unknown) => error,
    );

  it('registers with an OTP, pays with another, charges without, and forgets the card', async () => {
    const { bri, orders } = library;
    const { customer, debit_card } = await register();
    const registration = { token: debit_card?.token ?? '' };
    const customerId = customer?.id ?? '';
    expect(await bri.listTokens({ customer: { id: customerId } })).toEqual([]);
    await bri.resendRegistrationOtp({ debit_card: registration });
    await bri.validateRegistrationOtp({ debit_card: { ...registration, otp: OTP } });
    const [card] = await bri.listTokens({ customer: { id: customerId } });
    const tokenId = card?.debit_card.token_id ?? '';

    const request = paymentOf({ customerId, tokenId });
    const { payment } = await bri.createPayment(request);
    expect(payment.status).toBe('PENDING');
    await bri.resendPaymentOtp({ payment: { token: payment.token } });
    expect(
      await bri.validatePaymentOtp({ payment: { token: payment.token, otp: OTP } }),
    ).toMatchObject({
      order: { amount: '90000.00' },
      payment: { status: 'SUCCESS', token: payment.token },
    });
    const { invoice_number } = request.order;
    expect(await orders.checkStatus({ invoice_number })).toMatchObject({
      transaction: { status: 'SUCCESS' },
    });
    expect(doku.simulator.ledger.balanceOf(invoice_number)).toEqual({ paid: 90_000, refunded: 0 });

    const recurring = paymentOf({ customerId, tokenId }, 15_000);
    expect(await bri.createRecurringPayment(recurring)).toMatchObject({
      order: { amount: '15000.00' },
      payment: { status: 'SUCCESS' },
    });
    expect(
      await bri.createRecurringPayment(paymentOf({ customerId, tokenId }, 51_051)),
    ).toMatchObject({ payment: { status: 'FAILED' } });

    await bri.deleteToken({ customer: { id: customerId }, debit_card: { token_id: tokenId } });
    expect(await bri.listTokens({ customer: { id: customerId } })).toEqual([]);
  });

  it('tells a wrong OTP from one that has expired and a card that is blocked, for as long as it is', async () => {
    const card = await registered();
    const late = await tokenOfPayment(card);
    await doku.simulator.clock.advance(6 * MINUTES);
    expect(await enter(late, OTP)).toMatchObject({ code: 'refused', otpProblem: 'expired' });

    const token = await tokenOfPayment(card);
    for (let tries = 0; tries < BRI_OTP_RULES.tries; tries += 1) {
      expect(await enter(token, '123456')).toMatchObject({ otpProblem: 'wrong' });
    }
    expect(await enter(token, OTP)).toMatchObject({ code: 'refused', otpProblem: 'blocked' });
    const another = paymentOf(card);
    await expect(library.bri.createPayment(another)).rejects.toMatchObject({
      otpProblem: 'blocked',
    });

    await doku.simulator.clock.advance(BRI_OTP_RULES.blockHours * HOURS + 1);
    const { payment } = await library.bri.createPayment(paymentOf(card));
    expect(await enter(payment.token, OTP)).toBe('paid');
  });

  it('charges once, when the answer to a recurring payment is lost', async () => {
    const card = await registered();
    const request = paymentOf(card, 25_000);
    await doku.fault('bri.createRecurringPayment', 'drop-after-processing');

    expect(await library.bri.createRecurringPayment(request)).toMatchObject({
      payment: { status: 'SUCCESS' },
    });

    expect(doku.simulator.ledger.debitedTwice()).toEqual([]);
    expect(doku.simulator.ledger.balanceOf(request.order.invoice_number).paid).toBe(25_000);
  });
});
