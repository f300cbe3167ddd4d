import { describe, expect, it } from '@jest/globals';

import { ShopStage } from './shop-stage.js';

describe('KKI in the demo shop over HTTP', () => {
  const stage = new ShopStage();

  it('charges once for a button that is pressed twice, and settles by the event', async () => {
    const { reference } = await stage.customer.openOrder();

    const presses = await Promise.all([1, 2].map(() => stage.customer.payByKki(reference)));
    expect(presses).toMatchObject([{ status: 200 }, { status: 200 }]);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    await stage.customer.payByKki(reference);

    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', amount: 90_000 },
    ]);
  });

  it('keeps neither the card nor the code', async () => {
    const { reference } = await stage.customer.openOrder();
    const { body } = await stage.customer.payByKki(reference);
    const order = await stage.customer.until(reference, ({ status }) => status === 'paid');

    expect(JSON.stringify([body, order])).not.toMatch(/87000000|99999999/);
    expect(order.payment).toMatchObject({ method: 'kki', label: 'KKI card' });
  });

  it('waits for the customer who confirms in the app of the bank', async () => {
    await stage.shop.tellSimulator('settings', { kkiConfirmation: 'manual' });
    const { reference } = await stage.customer.openOrder();
    expect((await stage.customer.payByKki(reference)).body).toMatchObject({
      status: 'open',
      payment: { phase: 'confirming' },
    });
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      message: expect.stringContaining('confirm in its app'),
      order: { status: 'open' },
    });

    await stage.customer.decideLastPayment('decline');
    await stage.customer.until(reference, ({ status }) => status === 'failed');
    await stage.customer.payByKki(reference);
    await stage.customer.decideLastPayment('approve');
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('tells that the code is wrong, takes the right one, and says when the card is blocked', async () => {
    const { reference } = await stage.customer.openOrder();

    expect(await stage.customer.payByKki(reference, '12345678')).toMatchObject({
      status: 422,
      body: {
        error: { code: 'otp-wrong', message: expect.stringContaining('Nothing was charged') },
      },
    });
    await stage.customer.payByKki(reference);
    await stage.customer.until(reference, ({ status }) => status === 'paid');

    const another = await stage.customer.openOrder();
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await stage.customer.payByKki(another.reference, '00000000');
    }
    expect(await stage.customer.payByKki(another.reference)).toMatchObject({
      status: 422,
      body: { error: { code: 'otp-blocked', message: expect.stringContaining('takes none') } },
    });
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it.each([
    ['drop-after-processing', undefined],
    ['error-500', true],
    ['garbage', undefined],
  ])('finds a payment by its status after %s', async (fault, processed) => {
    await stage.shop.tellSimulator('settings', { notifications: false });
    const { reference } = await stage.customer.openOrder();
    await stage.shop.breakNext({
      operation: 'kki.createPayment',
      fault,
      ...(processed !== undefined && { processed }),
    });

    const unclear = { status: 502, body: { error: { code: 'outcome-unknown' } } };
    expect(await stage.customer.payByKki(reference)).toMatchObject(unclear);
    expect(await stage.customer.payByKki(reference)).toMatchObject(unclear);
    await stage.shop.simulator.clock.advance(0);
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      order: { status: 'paid' },
    });
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('takes the card again once DOKU says that it has no such payment', async () => {
    const { reference } = await stage.customer.openOrder();
    await stage.shop.breakNext({ operation: 'kki.createPayment', fault: 'drop-before-processing' });

    await stage.customer.payByKki(reference);
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({ next: 'continue' });
    await stage.customer.payByKki(reference);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('gives back a part, and then the rest, by numbers that DOKU takes', async () => {
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByKki(reference);
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    await stage.shop.breakNext({ operation: 'kki.refund', fault: 'drop-after-processing' });

    expect(await stage.customer.refund(reference, 40_000)).toMatchObject({ status: 502 });
    expect((await stage.customer.refund(reference, 40_000)).body).toMatchObject({
      refunded: 40_000,
    });
    expect(await stage.customer.refund(reference, 50_001)).toMatchObject({ status: 422 });
    expect((await stage.customer.refund(reference, 50_000)).body).toMatchObject({
      status: 'refunded',
    });
    expect(await stage.customer.until(reference, () => true)).toMatchObject({ review: null });
    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', amount: 90_000 },
      { kind: 'refund', amount: 40_000 },
      { kind: 'refund', amount: 50_000 },
    ]);
  });

  it.each([
    ['a short code', { cpan: '9360001609987000000', otp: '1234567' }],
    ['a card of letters', { cpan: 'nine three six zero', otp: '99999999' }],
  ])('answers %s with a structured error that repeats nothing', async (_, card) => {
    const { reference } = await stage.customer.openOrder();
    const answer = await stage.customer.call('POST', `/api/orders/${reference}/payment/kki`, card);

    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid-input' } } });
    expect(JSON.stringify(answer)).not.toContain(card.otp);
    expect(JSON.stringify(answer)).not.toContain(card.cpan);
  });
});
