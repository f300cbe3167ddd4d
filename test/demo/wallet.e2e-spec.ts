import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type DemoShop, startDemoShop } from './demo-shop.js';
import { ShopClient } from './shop-client.js';

const MINUTE_MS = 60_000;

describe('The wallet in the demo shop over HTTP', () => {
  let shop: DemoShop;
  let customer: ShopClient;

  beforeEach(async () => {
    shop = await startDemoShop();
    customer = new ShopClient(shop);
  });

  afterEach(() => shop.stop());

  const unclear = { status: 502, body: { error: { code: 'outcome-unknown' } } };
  const refusal = (code: string, message: unknown = expect.any(String)) => ({
    status: 422,
    body: { error: { code, message } },
  });
  const referencesOf = async (operation: string): Promise<string[]> =>
    (await shop.requestsOf(operation)).map(
      ({ body }) => (JSON.parse(body) as { partnerReferenceNo: string }).partnerReferenceNo,
    );

  describe('opening', () => {
    it('goes from the code over the PIN and the link to the balance', async () => {
      expect(await customer.wallet()).toEqual({
        state: 'none',
        phone: null,
        balance: null,
        wrongCodes: 0,
        hasEnded: false,
      });
      expect((await customer.beginWallet()).body).toMatchObject({
        state: 'code',
        phone: '0812 ···· 7890',
      });
      const { body } = await customer.confirmWallet();
      expect(body).toEqual({ pageUrl: expect.stringContaining('/wallet/pin?token=') });
      expect(await customer.wallet()).toMatchObject({ state: 'pin' });

      await customer.call('DELETE', '/api/wallet/opening');
      const back = await customer.setWalletPin();
      expect(await customer.follow(back)).toBe('/wallet?back=1');
      expect(await customer.wallet()).toMatchObject({ state: 'open', balance: null });

      const linked = await customer.agreeToWalletLink();
      expect(await customer.follow(linked)).toBe('/wallet?back=1');
      expect(await customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });

    it('keeps ids and codes of DOKU on the server', async () => {
      const opened = await customer.setWalletPin();
      await customer.follow(opened);
      await customer.wallet();
      const linked = await customer.agreeToWalletLink();
      await customer.follow(linked);
      // What stands in the browser's history has been used up.
      expect(await shop.requestsOf('snap.b2b2cToken')).toHaveLength(1);
      const { reference } = await customer.openOrder();
      const answers = [
        await customer.wallet(),
        await customer.payByWallet(reference),
        await customer.call('GET', '/api/wallet/moves'),
      ];

      const accountId = new URL(opened).searchParams.get('accountId') ?? '';
      const authCode = new URL(linked).searchParams.get('authCode') ?? '';
      expect([accountId, authCode]).not.toContain('');
      expect(JSON.stringify(answers)).not.toContain(accountId);
      expect(JSON.stringify(answers)).not.toContain(authCode);
    });

    it('tells wrong, expired and blocked codes apart', async () => {
      await customer.beginWallet();
      expect(await customer.confirmWallet('123456')).toMatchObject(refusal('otp-wrong'));
      expect(await customer.wallet()).toMatchObject({ state: 'code', wrongCodes: 1 });
      await shop.simulator.clock.advance(6 * MINUTE_MS);
      expect(await customer.confirmWallet()).toMatchObject(refusal('otp-expired'));

      // Another one comes with another opening.
      await customer.beginWallet();
      for (let wrong = 2; wrong <= 5; wrong += 1) await customer.confirmWallet('123456');
      expect(await customer.confirmWallet()).toMatchObject(refusal('otp-blocked'));
      expect(await customer.wallet()).toMatchObject({ state: 'none' });
      expect(await customer.beginWallet()).toMatchObject(refusal('otp-blocked'));
    });

    it('takes no other reference, and no address typed by hand, for a wallet', async () => {
      const back = new URL(await customer.setWalletPin());
      const stranger = new ShopClient(shop);
      await stranger.beginWallet('0812 9999 0000');
      await stranger.confirmWallet();

      await stranger.follow(back.href);
      expect(await stranger.wallet()).toMatchObject({ state: 'pin' });
      back.searchParams.set('accountId', '0000000000');
      await customer.follow(back.href);
      expect(await customer.wallet()).toMatchObject({ state: 'pin' });
      for (const path of [
        '/wallet/opened',
        '/wallet/opened?accountId=1&accountId=2',
        '/wallet/linked/x?authCode=y',
      ]) {
        expect(await customer.follow(shop.url + path)).toBe('/wallet?back=1');
      }
      expect(await customer.wallet()).toMatchObject({ state: 'pin' });
    });

    it('gives nobody the wallet of another, whatever a browser claims', async () => {
      const victim = new ShopClient(shop);
      const victims = await victim.setWalletPin();
      await victim.follow(victims);
      await victim.wallet();
      await victim.follow(await victim.agreeToWalletLink());
      expect(await victim.wallet()).toMatchObject({ state: 'linked' });

      // A thief with a wallet, and an opening, of their own claims the account of the victim.
      const thief = new ShopClient(shop);
      const own = new URL(await thief.setWalletPin('0812 9999 0000'));
      const stolen = new URL(victims).searchParams.get('accountId') ?? '';
      own.searchParams.set('accountId', stolen);
      await thief.follow(own.href);
      expect(await thief.wallet()).toMatchObject({ state: 'open' });
      const page = (await thief.call('POST', '/api/wallet/link')).body as { pageUrl: string };
      const [begun] = (await shop.requestsOf('wallet.bindAccount')).slice(-1);
      const { redirectUrl } = JSON.parse(begun?.body ?? '') as { readonly redirectUrl: string };
      const made = (await shop.tellSimulator('wallets', {
        phoneNo: '081299990000',
        bind: true,
      })) as { readonly authCode: string };
      await thief.follow(`${redirectUrl}?authCode=${made.authCode}`);

      expect(await thief.wallet()).toMatchObject({ state: 'linking', balance: null });
      expect(await victim.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
      // The victim is talked into agreeing on the page that the thief has begun.
      await victim.decideAtDoku('bindings', page.pageUrl);
      expect(await thief.wallet()).toMatchObject({ state: 'linking', balance: null });
      const { reference } = await thief.openOrder();
      expect(await thief.payByWallet(reference)).toMatchObject({
        status: 409,
        body: { error: { code: 'account-not-linked' } },
      });
    });

    it('links nothing before the browser that began it is back', async () => {
      await customer.follow(await customer.setWalletPin());
      await customer.wallet();
      // Whoever agreed may be somebody else, to whom the address of DOKU's page was sent.
      const back = await customer.agreeToWalletLink();
      expect(await customer.wallet()).toMatchObject({ state: 'linking', balance: null });
      await new ShopClient(shop).follow(back);
      expect(await customer.wallet()).toMatchObject({ state: 'linking', balance: null });

      // Nor is the code taken under the address of another link.
      await customer.follow(back.replace(/linked\/[^?]+/, 'linked/other'));
      expect(await customer.wallet()).toMatchObject({ state: 'linking', balance: null });

      // None of that has used the code up.
      await customer.follow(back);
      expect(await customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });

    it('notices that the link was ended elsewhere, and links again', async () => {
      await customer.linkWallet();
      await shop.tellSimulator('tokens/revoke', { kind: 'b2b2c' });
      await shop.breakNext({
        operation: 'snap.b2b2cToken',
        fault: 'refuse',
        responseCode: '4017400',
        times: 3,
      });

      expect(await customer.wallet()).toMatchObject({ state: 'open', hasEnded: true });
      await shop.tellSimulator('faults', {}, 'DELETE');
      await customer.follow(await customer.agreeToWalletLink());
      expect(await customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });
  });

  describe('paying', () => {
    beforeEach(() => customer.linkWallet());

    async function payOrder(): Promise<string> {
      const { reference } = await customer.openOrder();
      await customer.payByWallet(reference);
      await customer.decideLastPayment('approve');
      await customer.checkStatus(reference);
      return reference;
    }

    it('charges once for a button pressed twice, and is paid when DOKU says so', async () => {
      const { reference } = await customer.openOrder();
      const presses = await Promise.all([1, 2].map(() => customer.payByWallet(reference)));
      expect(presses).toMatchObject([
        { status: 200, body: { payment: { method: 'wallet', phase: 'page' } } },
        { status: 200, body: { payment: { method: 'wallet', phase: 'page' } } },
      ]);
      expect((await customer.checkStatus(reference)).body).toMatchObject({
        message: expect.stringContaining('Nothing is paid yet'),
        order: { status: 'open' },
      });

      await customer.decideLastPayment('approve');
      expect((await customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'paid' },
      });
      expect(await customer.wallet()).toMatchObject({ balance: 910_000 });
      expect(shop.simulator.ledger.entries()).toMatchObject([{ kind: 'debit', amount: 90_000 }]);
    });

    it('ends an attempt that was declined, but not the order', async () => {
      const { reference } = await customer.openOrder();
      await customer.payByWallet(reference);
      await customer.decideLastPayment('decline');
      expect((await customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'failed' },
      });

      await customer.payByKki(reference);
      await customer.until(reference, ({ status }) => status === 'paid');
    });

    it('says who cannot pay, and opens no purchase', async () => {
      await shop.tellSimulator('wallets', { phoneNo: '6281234567890', balance: '5000.00' });
      const { reference } = await customer.openOrder();

      expect(await customer.payByWallet(reference)).toMatchObject(
        refusal('balance-too-low', expect.stringContaining('Rp 5.000')),
      );
      expect(await shop.requestsOf('wallet.purchase')).toEqual([]);
    });

    it('takes a purchase back whose page got lost, and sells then', async () => {
      const { reference } = await customer.openOrder();
      await shop.breakNext({ operation: 'wallet.purchase', fault: 'drop-after-processing' });

      expect(await customer.payByWallet(reference)).toMatchObject(unclear);
      expect(await customer.payByWallet(reference)).toMatchObject(unclear);
      expect(await customer.payByKki(reference)).toMatchObject(unclear);
      expect((await customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'failed' },
      });
      expect(await shop.requestsOf('wallet.purchase')).toHaveLength(1);

      await customer.payByWallet(reference);
      await customer.decideLastPayment('approve');
      await customer.checkStatus(reference);
      expect(shop.simulator.ledger.entries()).toMatchObject([{ kind: 'debit', amount: 90_000 }]);
    });

    it('sends the same purchase again once DOKU says that it has none', async () => {
      const { reference } = await customer.openOrder();
      await shop.breakNext({ operation: 'wallet.purchase', fault: 'drop-before-processing' });

      expect(await customer.payByWallet(reference)).toMatchObject(unclear);
      expect((await customer.checkStatus(reference)).body).toMatchObject({ next: 'continue' });
      expect((await customer.payByWallet(reference)).body).toMatchObject({
        payment: { phase: 'page' },
      });
      const references = await referencesOf('wallet.purchase');
      expect(references).toHaveLength(2);
      expect(new Set(references).size).toBe(1);
    });

    it('gives back a part, and then the rest', async () => {
      const reference = await payOrder();

      expect((await customer.refund(reference, 30_000)).body).toMatchObject({ refunded: 30_000 });
      expect((await customer.refund(reference, 60_000)).body).toMatchObject({ status: 'refunded' });
      expect(await customer.wallet()).toMatchObject({ balance: 1_000_000 });
    });

    it('gives back once, although the first answer got lost', async () => {
      const reference = await payOrder();
      await shop.breakNext({ operation: 'wallet.refundPurchase', fault: 'drop-after-processing' });

      expect(await customer.refund(reference, 20_000)).toMatchObject(unclear);
      expect((await customer.refund(reference, 20_000)).body).toMatchObject({ refunded: 20_000 });
      expect(shop.simulator.ledger.entries()).toMatchObject([
        { kind: 'debit', amount: 90_000 },
        { kind: 'refund', amount: 20_000 },
      ]);
    });
  });

  describe('moving money', () => {
    beforeEach(() => customer.linkWallet());

    const movesOf = async () => (await customer.call('GET', '/api/wallet/moves')).body;

    it('tops up once for a button pressed twice and again', async () => {
      expect(
        (await customer.call('POST', '/api/wallet/moves/top-ups', { amount: 50_000 })).body,
      ).toMatchObject({ kind: 'top-up', phase: 'asked', to: 'The wallet of Budi Santoso' });
      expect(await customer.wallet()).toMatchObject({ balance: 1_000_000 });
      const id = await customer.askTopUp(50_000);

      const presses = await Promise.all([1, 2].map(() => customer.sendMove(id)));
      expect(presses).toMatchObject([{ body: { phase: 'done' } }, { body: { phase: 'done' } }]);
      await customer.sendMove(id);
      expect(await customer.wallet()).toMatchObject({ balance: 1_050_000 });
      // What was only asked about is forgotten.
      expect(await movesOf()).toMatchObject([{ id, phase: 'done' }]);
    });

    it('gives no wish the answer to another that is made at the same time', async () => {
      const answers = await Promise.all([
        customer.call('POST', '/api/wallet/moves/top-ups', { amount: 10_000 }),
        customer.call('POST', '/api/wallet/moves/top-ups', { amount: 20_000 }),
      ]);

      const amounts = answers.map(({ body }) => (body as { readonly amount?: number }).amount);
      expect([
        [10_000, undefined],
        [undefined, 20_000],
      ]).toContainEqual(amounts);
    });

    it('names the owner of a bank account before it transfers', async () => {
      const wanted = { bankCode: '014', accountNumber: '8888 0100 0157 508', amount: 25_000 };
      const asked = await customer.call('POST', '/api/wallet/moves/transfers', wanted);
      expect(asked.body).toMatchObject({ to: 'Budi Example, bank 014 ···· 7508', amount: 25_000 });
      const { id } = asked.body as { readonly id: string };

      expect((await customer.sendMove(id)).body).toMatchObject({ phase: 'done' });
      expect(await customer.wallet()).toMatchObject({ balance: 975_000 });
    });

    it('says that there is no such bank account', async () => {
      const wanted = { bankCode: '014', accountNumber: '888801000150000', amount: 25_000 };

      expect(await customer.call('POST', '/api/wallet/moves/transfers', wanted)).toMatchObject(
        refusal('not-found', expect.stringContaining('no such account')),
      );
    });

    it('says that there is not enough for a transfer', async () => {
      const id = await customer.askTransfer(1_500_000);

      expect(await customer.sendMove(id)).toMatchObject(refusal('balance-too-low'));
      expect(await movesOf()).toMatchObject([{ phase: 'refused' }]);
    });

    describe.each([
      ['wallet.topUp', 'askTopUp', 1_050_000],
      ['wallet.transferToBank', 'askTransfer', 950_000],
    ] as const)('by %s', (operation, ask, after) => {
      it('asks what became of it when the answer got lost, and sends nothing again', async () => {
        const id = await customer[ask](50_000);
        await shop.breakNext({ operation, fault: 'drop-after-processing' });

        expect(await customer.sendMove(id)).toMatchObject(unclear);
        expect(await customer.sendMove(id)).toMatchObject(unclear);
        expect(
          await customer.call('POST', '/api/wallet/moves/top-ups', { amount: 50_000 }),
        ).toMatchObject({ status: 409, body: { error: { code: 'busy' } } });
        expect((await customer.checkMove(id)).body).toMatchObject({ phase: 'done' });
        expect(await customer.wallet()).toMatchObject({ balance: after });
        expect(await shop.requestsOf(operation)).toHaveLength(1);
      });

      it('sends the same again once DOKU says that it has none', async () => {
        const id = await customer[ask](50_000);
        await shop.breakNext({ operation, fault: 'drop-before-processing' });

        expect(await customer.sendMove(id)).toMatchObject(unclear);
        expect((await customer.checkMove(id)).body).toMatchObject({
          phase: 'unknown',
          mayRepeat: true,
        });
        expect((await customer.sendMove(id)).body).toMatchObject({ phase: 'done' });
        expect(await referencesOf(operation)).toEqual([id, id]);
        expect(await customer.wallet()).toMatchObject({ balance: after });
      });

      it('does not believe a refusal of the second sending about the first', async () => {
        const id = await customer[ask](50_000);
        await shop.breakNext({ operation, fault: 'drop-before-processing' });
        await customer.sendMove(id);
        await customer.checkMove(id);
        await shop.breakNext({ operation, fault: 'refuse', responseCode: '4031400' });

        expect(await customer.sendMove(id)).toMatchObject(unclear);
        expect(await movesOf()).toMatchObject([{ phase: 'unknown', mayRepeat: false }]);
      });

      it('takes "in progress" for open', async () => {
        const id = await customer[ask](50_000);
        await shop.breakNext({ operation, fault: 'in-progress', processed: true });

        expect(await customer.sendMove(id)).toMatchObject(unclear);
        expect((await customer.checkMove(id)).body).toMatchObject({ phase: 'done' });
      });
    });

    it('shows nobody what another browser moves', async () => {
      const id = await customer.askTopUp(50_000);
      const stranger = new ShopClient(shop);

      expect(await stranger.sendMove(id)).toMatchObject({ status: 404 });
      expect((await stranger.call('GET', '/api/wallet/moves')).body).toEqual([]);
    });
  });

  describe('history', () => {
    beforeEach(() => customer.linkWallet());

    it('comes in pages, the newest first, which do not shift', async () => {
      for (let amount = 1_000; amount <= 7_000; amount += 1_000) {
        await customer.sendMove(await customer.askTopUp(amount));
      }
      const first = await customer.call('GET', '/api/wallet/history');
      expect(first.body).toMatchObject({
        page: 0,
        hasMore: true,
        rows: [7_000, 6_000, 5_000, 4_000, 3_000].map((amount) => ({
          type: 'TOP_UP',
          status: 'SUCCESS',
          amount,
        })),
      });
      const { until } = first.body as { readonly until: string };
      const second = await customer.call('GET', `/api/wallet/history?page=1&until=${until}`);
      expect(second.body).toMatchObject({
        page: 1,
        hasMore: false,
        until,
        rows: [{ amount: 2_000 }, { amount: 1_000 }],
      });
    });

    it('ends where DOKU knows no further page', async () => {
      const first = await customer.call('GET', '/api/wallet/history');
      const { until } = first.body as { readonly until: string };
      const fault = { operation: 'wallet.listTransactions', fault: 'refuse' };
      await shop.breakNext({ ...fault, responseCode: '4041201', times: 2 });

      expect(await customer.call('GET', `/api/wallet/history?page=1&until=${until}`)).toMatchObject(
        {
          status: 200,
          body: { page: 1, hasMore: false, rows: [] },
        },
      );
      // Without a history there is no first page either.
      expect(await customer.call('GET', '/api/wallet/history')).toMatchObject({
        status: 200,
        body: { page: 0, hasMore: false, rows: [] },
      });
    });

    it('answers a page that cannot be with a structured error', async () => {
      for (const query of ['page=-1', 'page=x', 'until=now', 'until=2020-01-01T00:00:00.000Z']) {
        expect(await customer.call('GET', `/api/wallet/history?${query}`)).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid-input' } },
        });
      }
    });
  });

  it.each([
    ['GET', '/api/wallet/history', undefined],
    ['POST', '/api/wallet/moves/top-ups', { amount: 50_000 }],
    ['POST', '/api/wallet/link', undefined],
  ])('answers %s %s without a wallet in plain words', async (method, path, body) => {
    expect(await customer.call(method, path, body)).toMatchObject({
      status: 409,
      body: { error: { code: 'account-not-linked' } },
    });
  });
});
