import { describe, expect, it } from '@jest/globals';

import { ShopClient } from './shop-client.js';
import { ShopStage } from './shop-stage.js';

describe('The demo shop over HTTP', () => {
  const stage = new ShopStage();

  it('charges once for a button that is pressed twice', async () => {
    const cardId = await stage.customer.addCard();
    const { reference } = await stage.customer.openOrder();

    const presses = await Promise.all(
      [1, 2].map(() => stage.customer.payByCard(reference, cardId)),
    );
    expect(presses).toMatchObject([
      { status: 200, body: { reference, payment: { phase: 'otp' } } },
      { status: 200, body: { reference, payment: { phase: 'otp' } } },
    ]);
    await Promise.all([1, 2].map(() => stage.customer.confirm(reference, '999999')));

    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', invoiceNumber: reference, amount: 90_000 },
    ]);
    expect(stage.shop.simulator.ledger.debitedTwice()).toEqual([]);
  });

  it('charges once for a card without a code, pressed twice at once and again later', async () => {
    const cardId = await stage.customer.addCard('760012341111');
    const { reference } = await stage.customer.openOrder();
    const pay = (): Promise<unknown> => stage.customer.payByCard(reference, cardId);

    await Promise.all([pay(), pay()]);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    await pay();

    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('opens one order for a draft that is sent twice', async () => {
    const draft = { productId: 'sambal-roa', draftId: 'ab'.repeat(16) };
    // The first answer brings the cookie.
    const first = await stage.customer.call('POST', '/api/orders', draft);
    const second = await stage.customer.call('POST', '/api/orders', draft);

    expect(second.body).toEqual(first.body);
  });

  it('repeats the same call after a lost answer, and is charged once', async () => {
    const cardId = await stage.customer.addCard('760012341111');
    const { reference } = await stage.customer.openOrder();
    // Without notifications nothing but the repeated call can tell the shop how it went.
    await stage.shop.tellSimulator('settings', { notifications: false });
    await stage.shop.breakNext({
      operation: 'cimb.createPayment',
      fault: 'drop-after-processing',
      times: 3,
    });

    const lost = await stage.customer.payByCard(reference, cardId);
    const status = await stage.customer.checkStatus(reference);
    const repeated = await stage.customer.payByCard(reference, cardId);

    expect(lost).toMatchObject({ status: 502, body: { error: { code: 'outcome-unknown' } } });
    expect(status.body).toMatchObject({ next: 'wait', order: { status: 'open' } });
    expect(repeated.body).toMatchObject({ status: 'open', payment: { phase: 'confirming' } });
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('ends an attempt that failed, but not the order', async () => {
    const poor = await stage.customer.addCard('760012340000');
    const rich = await stage.customer.addCard('760012342800');
    const { reference } = await stage.customer.openOrder();

    await stage.customer.payByCard(reference, poor);
    await stage.customer.confirm(reference, '999999');
    await stage.customer.until(reference, ({ status }) => status === 'failed');
    await stage.customer.payByCard(reference, rich);
    await stage.customer.confirm(reference, '999999');
    await stage.customer.until(reference, ({ status }) => status === 'paid');

    // The failure of the first attempt told once more, and a failure after the success.
    await stage.shop.tellSimulator('notifications/ntf-1/resend', {});
    await stage.shop.tellSimulator('notifications', { invoiceNumber: reference, status: 'FAILED' });
    expect(await stage.customer.until(reference, () => true)).toMatchObject({ status: 'paid' });
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('does not take an order for paid when the amount is another', async () => {
    const cardId = await stage.customer.addCard();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByCard(reference, cardId);

    await stage.shop.tellSimulator('notifications', {
      invoiceNumber: reference,
      status: 'SUCCESS',
      amount: 1,
    });

    const order = await stage.customer.until(reference, ({ review }) => review !== null);
    expect(order).toMatchObject({ status: 'open', review: expect.stringContaining('amount') });
    expect(await stage.customer.confirm(reference, '999999')).toMatchObject({
      status: 409,
      body: { error: { code: 'under-review' } },
    });
  });

  it('counts two equal refunds, and no more than was paid', async () => {
    const cardId = await stage.customer.addCard('760012341111');
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByCard(reference, cardId);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    const refund = (amount: number): ReturnType<ShopClient['call']> =>
      stage.customer.refund(reference, amount);

    await refund(30_000);
    await stage.customer.until(reference, ({ refunded }) => refunded === 30_000);
    await refund(30_000);
    await stage.customer.until(reference, ({ refunded }) => refunded === 60_000);
    const tooMuch = await refund(30_001);
    await refund(30_000);

    expect(tooMuch).toMatchObject({
      status: 422,
      body: { error: { code: 'refund-not-possible' } },
    });
    await stage.customer.until(reference, ({ status }) => status === 'refunded');
    expect(stage.shop.simulator.ledger.balanceOf(reference)).toEqual({
      paid: 90_000,
      refunded: 90_000,
    });
  });

  it('repeats a refund whose answer got lost, and gives back once', async () => {
    const cardId = await stage.customer.addCard('760012341111');
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByCard(reference, cardId);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    await stage.shop.tellSimulator('settings', { notifications: false });
    await stage.shop.breakNext({
      operation: 'cimb.refund',
      fault: 'drop-after-processing',
      times: 3,
    });
    const refund = (amount: number): ReturnType<ShopClient['call']> =>
      stage.customer.refund(reference, amount);

    const lost = await refund(20_000);
    const another = await refund(10_000);
    const repeated = await refund(20_000);

    expect(lost).toMatchObject({ status: 502, body: { error: { code: 'outcome-unknown' } } });
    expect(another).toMatchObject({
      status: 422,
      body: { error: { code: 'refund-not-possible' } },
    });
    expect(repeated.body).toMatchObject({ refunded: 0, refund: { phase: 'confirming' } });
    expect(stage.shop.simulator.ledger.balanceOf(reference).refunded).toBe(20_000);
    await stage.shop.tellSimulator('notifications/ntf-2/resend', {});
    await stage.customer.until(reference, ({ refunded }) => refunded === 20_000);
  });

  it('does not take a forged notification for a payment', async () => {
    const cardId = await stage.customer.addCard();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByCard(reference, cardId);
    const forged = await fetch(`${stage.shop.url}/doku/notifications`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Signature: 'HMACSHA256=AAAA' },
      body: JSON.stringify({
        order: { invoice_number: reference, amount: 90_000 },
        transaction: { status: 'SUCCESS' },
      }),
    });

    expect(forged.status).toBe(401);
    expect(await stage.customer.until(reference, () => true)).toMatchObject({ status: 'open' });
  });

  it('shows nobody the orders and cards of another browser', async () => {
    const stranger = new ShopClient(stage.shop);
    const cardId = await stage.customer.addCard();
    const { reference } = await stage.customer.openOrder();
    const own = await stranger.openOrder();

    expect(await stranger.call('GET', '/api/cimb/cards')).toMatchObject({ status: 200, body: [] });
    expect(await stranger.call('GET', `/api/orders/${reference}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found' } },
    });
    expect(await stranger.payByCard(own.reference, cardId)).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found' } },
    });
  });

  it.each([
    ['an unknown product', '/api/orders', { productId: 'gold', draftId: 'ab'.repeat(16) }],
    ['an unknown member', '/api/cimb/cards', { mobilePhone: '081234567890', isAdmin: true }],
    ['no mobile number', '/api/cimb/cards', { mobilePhone: '12' }],
  ])('answers %s with a structured error', async (_, path, body) => {
    expect(await stage.customer.call('POST', path, body)).toEqual({
      status: 400,
      body: { error: { code: 'invalid-input', message: expect.any(String) } },
    });
  });

  it('answers what is no JSON with a structured error', async () => {
    const response = await fetch(`${stage.shop.url}/api/cimb/cards`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it('stops although a page listens to its events', async () => {
    const stream = await fetch(`${stage.shop.url}/api/events`);
    await stage.shop.stop();

    expect(await stream.text()).toContain('event: snapshot');
  });
});
