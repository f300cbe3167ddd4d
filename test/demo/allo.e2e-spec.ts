import { describe, expect, it } from '@jest/globals';

import { ShopClient } from './shop-client.js';
import { ShopStage } from './shop-stage.js';

describe('Allo in the demo shop over HTTP', () => {
  const stage = new ShopStage();

  async function payOrder(): Promise<string> {
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByAllo(reference);
    await stage.customer.decideLastPayment('approve');
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    return reference;
  }

  it('links an account, shows its balance, charges it once, and settles by the event', async () => {
    await stage.customer.linkAllo();
    expect(await stage.customer.call('GET', '/api/allo')).toMatchObject({
      status: 200,
      body: { state: 'linked', phone: '0812 ···· 7890', balance: 1_000_000 },
    });
    const { reference } = await stage.customer.openOrder();

    const presses = await Promise.all([1, 2].map(() => stage.customer.payByAllo(reference)));
    expect(presses).toMatchObject([
      { status: 200, body: { status: 'open', payment: { method: 'allo', phase: 'page' } } },
      { status: 200, body: { status: 'open', payment: { method: 'allo', phase: 'page' } } },
    ]);
    await stage.customer.decideLastPayment('approve');
    await stage.customer.until(reference, ({ status }) => status === 'paid');

    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', amount: 90_000 },
    ]);
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
      balance: 910_000,
    });
    // Nothing that charges the account leaves the server.
    expect(
      JSON.stringify(await stage.customer.call('GET', `/api/orders/${reference}`)),
    ).not.toContain(stage.shop.simulator.ledger.entries()[0]?.tokenId);
  });

  it('sends what DOKU wants to know about the device, and nothing that leads back to the cookie', async () => {
    await stage.customer.linkAllo();
    const requests = await stage.shop.requestsOf('allo.bindAccount');

    expect(requests).toMatchObject([
      {
        headers: {
          // 127.0.0.1 is too short for DOKU.
          'X-IP-ADDRESS': '192.0.2.10',
          'X-DEVICE-ID': expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
    expect(JSON.stringify(requests)).not.toContain(stage.customer.cookieValue);
  });

  it('does not believe in a link because the browser came back', async () => {
    await stage.shop.tellSimulator('settings', { notifyBindings: false });
    const authCode = await stage.customer.beginAlloLink();
    await fetch(`${stage.shop.url}/?back=allo`);

    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
      state: 'pending',
      balance: null,
    });
    const { reference } = await stage.customer.openOrder();
    expect(await stage.customer.payByAllo(reference)).toMatchObject({
      status: 409,
      body: { error: { code: 'account-not-linked' } },
    });

    // Without an event, the balance shows it.
    await stage.shop.tellSimulator(`bindings/${authCode}/approve`, {});
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({ state: 'linked' });
  });

  it('tells when the customer declined the link', async () => {
    const authCode = await stage.customer.beginAlloLink();
    await stage.shop.tellSimulator(`bindings/${authCode}/decline`, {});

    await expectSoon(async () => {
      expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
        state: 'none',
        end: 'declined',
      });
    });
  });

  it('refuses the account of another customer in plain words', async () => {
    const stranger = new ShopClient(stage.shop);
    await stranger.linkAllo();

    expect(
      await stage.customer.call('POST', '/api/allo', { mobilePhone: '081234567890' }),
    ).toMatchObject({
      status: 409,
      body: {
        error: { code: 'account-taken', message: expect.stringMatching(/another customer/) },
      },
    });
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({ state: 'none' });
  });

  it('links one account at a time, unlinks it, and links it again', async () => {
    await stage.customer.linkAllo();
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({ state: 'linked' });
    expect(
      await stage.customer.call('POST', '/api/allo', { mobilePhone: '081234567890' }),
    ).toMatchObject({
      status: 409,
      body: { error: { code: 'account-linked' } },
    });

    expect(await stage.customer.call('DELETE', '/api/allo')).toMatchObject({ status: 204 });
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
      state: 'none',
      end: null,
    });
    expect(await stage.shop.askSimulator('bindings')).toMatchObject([{ state: 'UNBOUND' }]);
    const { reference } = await stage.customer.openOrder();
    expect(await stage.customer.payByAllo(reference)).toMatchObject({ status: 409 });

    await stage.customer.linkAllo();
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({ state: 'linked' });
  });

  it('unlinks an account once, although the first answer got lost', async () => {
    await stage.customer.linkAllo();
    await stage.customer.call('GET', '/api/allo');
    await stage.shop.breakNext({ operation: 'allo.unbindAccount', fault: 'drop-after-processing' });

    expect(await stage.customer.call('DELETE', '/api/allo')).toMatchObject({
      status: 502,
      body: { error: { code: 'outcome-unknown' } },
    });
    expect(await stage.customer.call('DELETE', '/api/allo')).toMatchObject({ status: 204 });
  });

  it('notices that the customer has unlinked elsewhere', async () => {
    await stage.customer.linkAllo();
    await stage.customer.call('GET', '/api/allo');
    await stage.shop.tellSimulator('tokens/revoke', { kind: 'b2b2c' });
    await stage.shop.breakNext({
      operation: 'snap.b2b2cToken',
      fault: 'refuse',
      responseCode: '4017400',
      // First the refresh token is tried, then the authCode.
      times: 2,
    });

    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
      state: 'none',
      end: 'ended',
    });
  });

  it('asks for the balance first, and opens no payment that it cannot cover', async () => {
    await stage.customer.linkAllo();
    for (let paid = 0; paid < 3; paid += 1) {
      const { reference } = await stage.customer.openOrder('batik-scarf');
      await stage.customer.payByAllo(reference);
      await stage.customer.decideLastPayment('approve');
    }
    const { reference } = await stage.customer.openOrder('batik-scarf');

    expect(await stage.customer.payByAllo(reference)).toMatchObject({
      status: 422,
      body: { error: { code: 'balance-too-low', message: expect.stringContaining('Rp 175.000') } },
    });
    expect(await stage.shop.askSimulator('payments')).toHaveLength(3);
  });

  it('ends an attempt that was declined, but not the order', async () => {
    await stage.customer.linkAllo();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByAllo(reference);
    await stage.customer.decideLastPayment('decline');
    await stage.customer.until(reference, ({ status }) => status === 'failed');

    await stage.customer.payByAllo(reference);
    await stage.customer.decideLastPayment('approve');
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('settles by the status when the notification is lost', async () => {
    await stage.shop.tellSimulator('settings', { notifications: false });
    await stage.customer.linkAllo();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByAllo(reference);
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      message: expect.stringContaining('waits for you on its page'),
      order: { status: 'open', payment: { phase: 'page' } },
    });

    await stage.customer.decideLastPayment('approve');
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      order: { status: 'paid' },
    });

    // The notification comes late, and changes nothing.
    await stage.shop.tellSimulator('notifications', {
      scheme: 'snap',
      partnerReferenceNo: stage.shop.simulator.ledger.entries()[0]?.invoiceNumber,
    });
    expect(await stage.customer.until(reference, () => true)).toMatchObject({
      status: 'paid',
      review: null,
    });
  });

  it('starts no second payment while the first is unclear', async () => {
    const cardId = await stage.customer.addCard();
    await stage.customer.linkAllo();
    const { reference } = await stage.customer.openOrder();
    await stage.shop.breakNext({ operation: 'allo.createPayment', fault: 'drop-after-processing' });

    const unclear = { status: 502, body: { error: { code: 'outcome-unknown' } } };
    expect(await stage.customer.payByAllo(reference)).toMatchObject(unclear);
    expect(await stage.customer.payByAllo(reference)).toMatchObject(unclear);
    expect(await stage.customer.payByCard(reference, cardId)).toMatchObject(unclear);
    expect(await stage.customer.payByKki(reference)).toMatchObject(unclear);
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
      next: 'wait',
      order: { status: 'open', payment: { phase: 'unknown' } },
    });
    expect(await stage.shop.askSimulator('payments')).toHaveLength(1);

    // It ends by itself; then another may be started.
    await stage.customer.decideLastPayment('decline');
    await stage.customer.until(reference, ({ status }) => status === 'failed');
    await stage.customer.payByCard(reference, cardId);
    await stage.customer.confirm(reference, '999999');
    await stage.customer.until(reference, ({ status }) => status === 'paid');
    expect(stage.shop.simulator.ledger.entries()).toHaveLength(1);
  });

  it('sends the same payment again once DOKU says that it has none', async () => {
    await stage.customer.linkAllo();
    const { reference } = await stage.customer.openOrder();
    await stage.shop.breakNext({
      operation: 'allo.createPayment',
      fault: 'drop-before-processing',
    });

    await stage.customer.payByAllo(reference);
    expect((await stage.customer.checkStatus(reference)).body).toMatchObject({ next: 'continue' });
    expect((await stage.customer.payByAllo(reference)).body).toMatchObject({
      payment: { phase: 'page' },
    });
    const references = (await stage.shop.requestsOf('allo.createPayment')).map(
      ({ body }) =>
        (JSON.parse(body) as { readonly partnerReferenceNo: string }).partnerReferenceNo,
    );
    expect(references).toHaveLength(2);
    expect(new Set(references).size).toBe(1);
  });

  it('does not take an order for paid when the amount is another', async () => {
    await stage.customer.linkAllo();
    const { reference } = await stage.customer.openOrder();
    await stage.customer.payByAllo(reference);
    const [payment] = (await stage.shop.askSimulator('payments')) as readonly {
      readonly partnerReferenceNo: string;
    }[];
    await stage.shop.tellSimulator('notifications', {
      scheme: 'snap',
      partnerReferenceNo: payment?.partnerReferenceNo,
      status: '00',
      amount: '1.00',
    });

    expect(await stage.customer.until(reference, ({ review }) => review !== null)).toMatchObject({
      status: 'open',
    });
    expect(await stage.customer.payByAllo(reference)).toMatchObject({ body: { status: 'open' } });
  });

  it('gives back a part, and then the rest', async () => {
    await stage.customer.linkAllo();
    const reference = await payOrder();

    expect((await stage.customer.refund(reference, 30_000)).body).toMatchObject({
      status: 'paid',
      refunded: 30_000,
      refund: null,
    });
    await stage.customer.refund(reference, 60_000);
    expect(
      await stage.customer.until(reference, ({ status }) => status === 'refunded'),
    ).toMatchObject({
      refunded: 90_000,
      review: null,
    });
    expect((await stage.customer.call('GET', '/api/allo')).body).toMatchObject({
      balance: 1_000_000,
    });
  });

  it('gives back once, although the first answer got lost', async () => {
    await stage.customer.linkAllo();
    const reference = await payOrder();
    await stage.shop.breakNext({ operation: 'allo.refund', fault: 'drop-after-processing' });

    expect(await stage.customer.refund(reference, 20_000)).toMatchObject({
      status: 502,
      body: { error: { code: 'outcome-unknown' } },
    });
    expect(await stage.customer.refund(reference, 10_000)).toMatchObject({ status: 422 });
    expect((await stage.customer.refund(reference, 20_000)).body).toMatchObject({
      refunded: 20_000,
    });
    expect(stage.shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', amount: 90_000 },
      { kind: 'refund', amount: 20_000 },
    ]);
  });

  it('asks for the account again before it gives back to one that was unlinked', async () => {
    await stage.customer.linkAllo();
    const reference = await payOrder();
    await stage.customer.call('DELETE', '/api/allo');

    expect(await stage.customer.refund(reference, 90_000)).toMatchObject({
      status: 409,
      body: { error: { code: 'account-not-linked' } },
    });
    await stage.customer.linkAllo();
    expect((await stage.customer.refund(reference, 90_000)).body).toMatchObject({
      status: 'refunded',
    });
  });

  async function expectSoon(check: () => Promise<void>): Promise<void> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
      }
    }
  }
});
