import { describe, expect, it } from '@jest/globals';

import { ShopClient } from './shop-client.js';
import { ShopStage } from './shop-stage.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('BRI in the demo shop over HTTP', () => {
  const stage = new ShopStage();

  const refusal = (code: string, message: unknown = expect.any(String)) => ({
    status: 422,
    body: { error: { code, message } },
  });

  it('saves a card with BRI’s code, charges it once, and settles by the event', async () => {
    expect((await stage.customer.beginBriCard()).body).toMatchObject({
      cards: [],
      registration: { label: 'BRI ···· 2800', wrongCodes: 0 },
      otpRules: { tries: 5, blockHours: 24 },
    });
    expect((await stage.customer.confirmBriCard('999999')).body).toMatchObject({
      cards: [{ id: expect.any(String), label: 'BRI ···· 2800' }],
      registration: null,
    });
    const cardId = await stage.customer.addBriCard('6013012345672811');
    const { reference } = await stage.customer.openOrder();

    const presses = await Promise.all([1, 2].map(() => stage.customer.payByBri(reference, cardId)));
    expect(presses).toMatchObject([
      { status: 200, body: { payment: { method: 'bri', phase: 'otp' } } },
      { status: 200, body: { payment: { method: 'bri', phase: 'otp' } } },
    ]);
    await Promise.all([1, 2].map(() => stage.customer.confirm(reference, '999999', 'bri')));

    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', operation: 'bri.validatePaymentOtp', amount: 90_000 },
    ]);
  });

  it('keeps neither the number of a card nor what charges it', async () => {
    const answers = [await stage.customer.beginBriCard('6013 0123 4567 2800')];
    answers.push(await stage.customer.confirmBriCard('999999'));
    const cardId = await stage.customer.addBriCard('6013012345672811');
    const { reference } = await stage.customer.openOrder();
    answers.push(await stage.customer.payByBri(reference, cardId, true));
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    answers.push(await stage.customer.call('GET', `/api/orders/${reference}`));

    const text = JSON.stringify(answers);
    const [entry] = stage.shop.simulator.ledger.entries();
    for (const secret of ['60130123', '6013 0123', '999999', entry?.tokenId]) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells a wrong, an expired and a blocked code of a registration apart', async () => {
    await stage.customer.beginBriCard();

    expect(await stage.customer.confirmBriCard('123456')).toMatchObject(
      refusal('otp-wrong', expect.stringContaining('type it again')),
    );
    expect((await stage.customer.call('GET', '/api/bri/cards')).body).toMatchObject({
      registration: { wrongCodes: 1 },
    });
    await stage.shop.simulator.clock.advance(6 * MINUTE_MS);
    expect(await stage.customer.confirmBriCard('999999')).toMatchObject(
      refusal('otp-expired', expect.stringContaining('Get a new one')),
    );
    await stage.customer.call('POST', '/api/bri/cards/registration/otp/resend', {});
    for (let wrong = 2; wrong <= 5; wrong += 1) await stage.customer.confirmBriCard('123456');
    const blocked = refusal('otp-blocked', expect.stringMatching(/5 times.* 24 hours/));
    expect(await stage.customer.confirmBriCard('999999')).toMatchObject(blocked);
    expect(await stage.customer.beginBriCard()).toMatchObject(blocked);
    expect((await stage.customer.call('GET', '/api/bri/cards')).body).toMatchObject({
      cards: [],
      registration: null,
    });

    await stage.shop.simulator.clock.advance(24 * HOUR_MS);
    await stage.customer.addBriCard();
  });

  it('tells a wrong, an expired and a blocked code of a payment apart, and sells otherwise', async () => {
    const cardId = await stage.customer.addBriCard();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByBri(reference, cardId);

    expect(await stage.customer.confirm(reference, '123456', 'bri')).toMatchObject(
      refusal('otp-wrong'),
    );
    await stage.shop.simulator.clock.advance(6 * MINUTE_MS);
    expect(await stage.customer.confirm(reference, '999999', 'bri')).toMatchObject(
      refusal('otp-expired'),
    );
    await stage.customer.call('POST', `/api/orders/${reference}/payment/bri/otp/resend`, {});
    await stage.shop.tellSimulator('settings', { notifications: false });
    for (let wrong = 2; wrong <= 5; wrong += 1)
      await stage.customer.confirm(reference, '123456', 'bri');
    // Nothing has told the shop that the bank ended it.
    expect(await stage.customer.confirm(reference, '999999', 'bri')).toMatchObject(
      refusal('otp-blocked', expect.stringContaining('24 hours')),
    );
    expect((await stage.customer.payByBri(reference, cardId)).body).toMatchObject({
      error: { code: 'otp-blocked' },
    });

    await stage.shop.tellSimulator('settings', { notifications: true });
    await stage.customer.payByKki(reference);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('charges without a code once, although the button is pressed twice and again', async () => {
    const cardId = await stage.customer.addBriCard();
    const { reference } = await stage.customer.openOrder();
    const pay = () => stage.customer.payByBri(reference, cardId, true);

    await Promise.all([pay(), pay()]);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    await pay();

    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', operation: 'bri.createRecurringPayment' },
    ]);
  });

  it('repeats the very same recurring charge after a lost answer, whatever is chosen by then', async () => {
    const cardId = await stage.customer.addBriCard();
    const { reference } = await stage.customer.openOrder();
    await stage.shop.tellSimulator('settings', { notifications: false });
    await stage.shop.breakNext({
      operation: 'bri.createRecurringPayment',
      fault: 'drop-after-processing',
      times: 3,
    });

    expect(await stage.customer.payByBri(reference, cardId, true)).toMatchObject({
      status: 502,
      body: { error: { code: 'outcome-unknown' } },
    });
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      message: expect.stringContaining('says it is paid'),
      order: { status: 'open' },
    });
    expect((await stage.customer.payByBri(reference, cardId, false)).body).toMatchObject({
      payment: { phase: 'confirming' },
    });
    expect(await stage.shop.requestsOf('bri.createPayment')).toEqual([]);
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('ends an attempt that failed, but not the order', async () => {
    const poor = await stage.customer.addBriCard('6013012345670000');
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByBri(reference, poor, true);
    await stage.customer.until(reference, ({ status }) => status === 'failed');

    const rich = await stage.customer.addBriCard('6013012345672811');
    await stage.customer.payByBri(reference, rich);
    await stage.customer.confirm(reference, '999999', 'bri');
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('says that nothing was saved when the answer to a card got lost', async () => {
    await stage.shop.breakNext({ operation: 'bri.registerCard', fault: 'error-500', times: 3 });

    expect(await stage.customer.beginBriCard()).toMatchObject({
      status: 503,
      body: { error: { message: expect.stringContaining('No card is saved') } },
    });
    await stage.customer.addBriCard();
  });

  it('finds the card that BRI saved and did not answer', async () => {
    await stage.customer.beginBriCard();
    await stage.shop.breakNext({
      operation: 'bri.validateRegistrationOtp',
      fault: 'drop-after-processing',
    });

    expect(await stage.customer.confirmBriCard('999999')).toMatchObject({
      status: 502,
      body: { error: { code: 'outcome-unknown' } },
    });
    expect((await stage.customer.call('GET', '/api/bri/cards')).body).toMatchObject({
      cards: [{ label: 'BRI ···· 2800' }],
      registration: null,
    });
    // It waits for no code any more.
    expect(await stage.customer.confirmBriCard('999999')).toMatchObject({ status: 409 });
    expect(await stage.shop.requestsOf('bri.validateRegistrationOtp')).toHaveLength(1);
  });

  it('gives nothing back, and says so', async () => {
    const cardId = await stage.customer.addBriCard();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByBri(reference, cardId, true);
    await stage.customer.until(reference, ({ status }) => status === 'paid');

    expect(await stage.customer.refund(reference, 90_000)).toMatchObject(
      refusal('refund-not-possible', expect.stringContaining('Ask our staff')),
    );
    expect(await stage.customer.until(reference, () => true)).toMatchObject({ refund: null });
  });

  it('takes no code of one bank for a payment of another', async () => {
    const cardId = await stage.customer.addCard();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByCard(reference, cardId);

    expect(await stage.customer.confirm(reference, '999999', 'bri')).toMatchObject({
      status: 409,
      body: { error: { code: 'otp-not-expected' } },
    });
    expect(stage.shop.simulator.ledger.entries()).toEqual([]);
  });

  it('asks for a code where the bank has nothing else', async () => {
    const cardId = await stage.customer.addCard('760012341111');
    const { reference } = await stage.customer.openOrder();

    expect(
      await stage.customer.call('POST', `/api/orders/${reference}/payment/cimb`, {
        cardId,
        withoutCode: true,
      }),
    ).toMatchObject({ status: 400, body: { error: { code: 'invalid-input' } } });
    expect(stage.shop.simulator.ledger.entries()).toEqual([]);
  });

  it('shows nobody the cards of another browser', async () => {
    const cardId = await stage.customer.addBriCard();
    const stranger = new ShopClient(stage.shop);
    const { reference } = await stranger.openOrder();

    expect((await stranger.call('GET', '/api/bri/cards')).body).toMatchObject({ cards: [] });
    expect(await stranger.payByBri(reference, cardId, true)).toMatchObject({ status: 404 });
  });

  it('forgets a card', async () => {
    const cardId = await stage.customer.addBriCard();

    expect(await stage.customer.call('DELETE', `/api/bri/cards/${cardId}`)).toMatchObject({
      status: 204,
    });
    expect((await stage.customer.call('GET', '/api/bri/cards')).body).toMatchObject({ cards: [] });
  });
});
