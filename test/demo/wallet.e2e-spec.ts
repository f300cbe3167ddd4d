import { beforeEach, describe, expect, it } from '@jest/globals';

import { ShopClient } from './shop-client.js';
import { ShopStage } from './shop-stage.js';

const MINUTE_MS = 60_000;

describe('The wallet in the demo shop over HTTP', () => {
  const stage = new ShopStage();

  const unclear = { status: 502, body: { error: { code: 'outcome-unknown' } } };
  const refusal = (code: string, message: unknown = expect.any(String)) => ({
    status: 422,
    body: { error: { code, message } },
  });
  const referencesOf = async (operation: string): Promise<string[]> =>
    (await stage.shop.requestsOf(operation)).map(
      ({ body }) => (JSON.parse(body) as { partnerReferenceNo: string }).partnerReferenceNo,
    );

  describe('opening', () => {
    it('goes from the code over the PIN and the link to the balance', async () => {
      expect(await stage.customer.wallet()).toEqual({
        state: 'none',
        phone: null,
        balance: null,
        wrongCodes: 0,
        hasEnded: false,
      });
      expect((await stage.customer.beginWallet()).body).toMatchObject({
        state: 'code',
        phone: '0812 ···· 7890',
      });
      const { body } = await stage.customer.confirmWallet();
      expect(body).toEqual({ pageUrl: expect.stringContaining('/wallet/pin?token=') });
      expect(await stage.customer.wallet()).toMatchObject({ state: 'pin' });

      await stage.customer.call('DELETE', '/api/wallet/opening');
      const back = await stage.customer.setWalletPin();
      expect(await stage.customer.follow(back)).toBe('/wallet?back=1');
      expect(await stage.customer.wallet()).toMatchObject({ state: 'open', balance: null });

      const linked = await stage.customer.agreeToWalletLink();
      expect(await stage.customer.follow(linked)).toBe('/wallet?back=1');
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });

    it('keeps ids and codes of DOKU on the server', async () => {
      const opened = await stage.customer.setWalletPin();
      await stage.customer.follow(opened);
      await stage.customer.wallet();
      const linked = await stage.customer.agreeToWalletLink();
      await stage.customer.follow(linked);
      // What stands in the browser's history has been used up.
      expect(await stage.shop.requestsOf('snap.b2b2cToken')).toHaveLength(1);
      const { reference } = await stage.customer.openOrder();
      const answers = [
        await stage.customer.wallet(),
        await stage.customer.payByWallet(reference),
        await stage.customer.call('GET', '/api/wallet/moves'),
      ];

      const accountId = new URL(opened).searchParams.get('accountId') ?? '';
      const authCode = new URL(linked).searchParams.get('authCode') ?? '';
      expect([accountId, authCode]).not.toContain('');
      expect(JSON.stringify(answers)).not.toContain(accountId);
      expect(JSON.stringify(answers)).not.toContain(authCode);
    });

    it('tells wrong, expired and blocked codes apart', async () => {
      await stage.customer.beginWallet();
      expect(await stage.customer.confirmWallet('123456')).toMatchObject(refusal('otp-wrong'));
      expect(await stage.customer.wallet()).toMatchObject({ state: 'code', wrongCodes: 1 });
      await stage.shop.simulator.clock.advance(6 * MINUTE_MS);
      expect(await stage.customer.confirmWallet()).toMatchObject(refusal('otp-expired'));

      // Another one comes with another opening.
      await stage.customer.beginWallet();
      for (let wrong = 2; wrong <= 5; wrong += 1) await stage.customer.confirmWallet('123456');
      expect(await stage.customer.confirmWallet()).toMatchObject(refusal('otp-blocked'));
      expect(await stage.customer.wallet()).toMatchObject({ state: 'none' });
      expect(await stage.customer.beginWallet()).toMatchObject(refusal('otp-blocked'));
    });

    it('takes no other reference, and no address typed by hand, for a wallet', async () => {
      const back = new URL(await stage.customer.setWalletPin());
      const stranger = new ShopClient(stage.shop);
      await stranger.beginWallet('0812 9999 0000');
      await stranger.confirmWallet();

      await stranger.follow(back.href);
      expect(await stranger.wallet()).toMatchObject({ state: 'pin' });
      back.searchParams.set('accountId', '0000000000');
      await stage.customer.follow(back.href);
      expect(await stage.customer.wallet()).toMatchObject({ state: 'pin' });
      for (const path of [
        '/wallet/opened',
        '/wallet/opened?accountId=1&accountId=2',
        '/wallet/linked/x?authCode=y',
      ]) {
        expect(await stage.customer.follow(stage.shop.url + path)).toBe('/wallet?back=1');
      }
      expect(await stage.customer.wallet()).toMatchObject({ state: 'pin' });
    });

    it('gives nobody the wallet of another, whatever a browser claims', async () => {
      const victim = new ShopClient(stage.shop);
      const victims = await victim.setWalletPin();
      await victim.follow(victims);
      await victim.wallet();
      await victim.follow(await victim.agreeToWalletLink());
      expect(await victim.wallet()).toMatchObject({ state: 'linked' });

      // A thief with a wallet, and an opening, of their own claims the account of the victim.
      const thief = new ShopClient(stage.shop);
      const own = new URL(await thief.setWalletPin('0812 9999 0000'));
      const stolen = new URL(victims).searchParams.get('accountId') ?? '';
      own.searchParams.set('accountId', stolen);
      await thief.follow(own.href);
      expect(await thief.wallet()).toMatchObject({ state: 'open' });
      const page = (await thief.call('POST', '/api/wallet/link')).body as { pageUrl: string };
      const [begun] = (await stage.shop.requestsOf('wallet.bindAccount')).slice(-1);
      const { redirectUrl } = JSON.parse(begun?.body ?? '') as { readonly redirectUrl: string };
      const made = (await stage.shop.tellSimulator('wallets', {
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
      await stage.customer.follow(await stage.customer.setWalletPin());
      await stage.customer.wallet();
      // Whoever agreed may be somebody else, to whom the address of DOKU's page was sent.
      const back = await stage.customer.agreeToWalletLink();
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linking', balance: null });
      await new ShopClient(stage.shop).follow(back);
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linking', balance: null });

      // Nor is the code taken under the address of another link.
      await stage.customer.follow(back.replace(/linked\/[^?]+/, 'linked/other'));
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linking', balance: null });

      // None of that has used the code up.
      await stage.customer.follow(back);
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });

    it('notices that the link was ended elsewhere, and links again', async () => {
      await stage.customer.linkWallet();
      await stage.shop.tellSimulator('tokens/revoke', { kind: 'b2b2c' });
      await stage.shop.breakNext({
        operation: 'snap.b2b2cToken',
        fault: 'refuse',
        responseCode: '4017400',
        times: 3,
      });

      expect(await stage.customer.wallet()).toMatchObject({ state: 'open', hasEnded: true });
      await stage.shop.tellSimulator('faults', {}, 'DELETE');
      await stage.customer.follow(await stage.customer.agreeToWalletLink());
      expect(await stage.customer.wallet()).toMatchObject({ state: 'linked', balance: 1_000_000 });
    });
  });

  describe('paying', () => {
    beforeEach(() => stage.customer.linkWallet());

    async function payOrder(): Promise<string> {
      const { reference } = await stage.customer.openOrder();
      await stage.customer.payByWallet(reference);
      await stage.customer.decideLastPayment('approve');
      await stage.customer.checkStatus(reference);
      return reference;
    }

    it('charges once for a button pressed twice, and is paid when DOKU says so', async () => {
      const { reference } = await stage.customer.openOrder();
      const presses = await Promise.all([1, 2].map(() => stage.customer.payByWallet(reference)));
      expect(presses).toMatchObject([
        { status: 200, body: { payment: { method: 'wallet', phase: 'page' } } },
        { status: 200, body: { payment: { method: 'wallet', phase: 'page' } } },
      ]);
      expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
        message: expect.stringContaining('Nothing is paid yet'),
        order: { status: 'open' },
      });

      await stage.customer.decideLastPayment('approve');
      expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'paid' },
      });
      expect(await stage.customer.wallet()).toMatchObject({ balance: 910_000 });
      expect(stage.shop.simulator.ledger.entries()).toMatchObject([
        { kind: 'debit', amount: 90_000 },
      ]);
    });

    it('ends an attempt that was declined, but not the order', async () => {
      const { reference } = await stage.customer.openOrder();
      await stage.customer.payByWallet(reference);
      await stage.customer.decideLastPayment('decline');
      expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'failed' },
      });

      await stage.customer.payByKki(reference);
      await stage.customer.until(reference, ({ status }) => status === 'paid');
    });

    it('says who cannot pay, and opens no purchase', async () => {
      await stage.shop.tellSimulator('wallets', { phoneNo: '6281234567890', balance: '5000.00' });
      const { reference } = await stage.customer.openOrder();

      expect(await stage.customer.payByWallet(reference)).toMatchObject(
        refusal('balance-too-low', expect.stringContaining('Rp 5.000')),
      );
      expect(await stage.shop.requestsOf('wallet.purchase')).toEqual([]);
    });

    it('takes a purchase back whose page got lost, and sells then', async () => {
      const { reference } = await stage.customer.openOrder();
      await stage.shop.breakNext({ operation: 'wallet.purchase', fault: 'drop-after-processing' });

      expect(await stage.customer.payByWallet(reference)).toMatchObject(unclear);
      expect(await stage.customer.payByWallet(reference)).toMatchObject(unclear);
      expect(await stage.customer.payByKki(reference)).toMatchObject(unclear);
      expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
        order: { status: 'failed' },
      });
      expect(await stage.shop.requestsOf('wallet.purchase')).toHaveLength(1);

      await stage.customer.payByWallet(reference);
      await stage.customer.decideLastPayment('approve');
      await stage.customer.checkStatus(reference);
      expect(stage.shop.simulator.ledger.entries()).toMatchObject([
        { kind: 'debit', amount: 90_000 },
      ]);
    });

    it('sends the same purchase again once DOKU says that it has none', async () => {
      const { reference } = await stage.customer.openOrder();
      await stage.shop.breakNext({ operation: 'wallet.purchase', fault: 'drop-before-processing' });

      expect(await stage.customer.payByWallet(reference)).toMatchObject(unclear);
      expect((await stage.customer.checkStatus(reference)).body).toMatchObject({
        next: 'continue',
      });
      expect((await stage.customer.payByWallet(reference)).body).toMatchObject({
        payment: { phase: 'page' },
      });
      const references = await referencesOf('wallet.purchase');
      expect(references).toHaveLength(2);
      expect(new Set(references).size).toBe(1);
    });

    it('gives back a part, and then the rest', async () => {
      const reference = await payOrder();

      expect((await stage.customer.refund(reference, 30_000)).body).toMatchObject({
        refunded: 30_000,
      });
      expect((await stage.customer.refund(reference, 60_000)).body).toMatchObject({
        status: 'refunded',
      });
      expect(await stage.customer.wallet()).toMatchObject({ balance: 1_000_000 });
    });

    it('gives back once, although the first answer got lost', async () => {
      const reference = await payOrder();
      await stage.shop.breakNext({
        operation: 'wallet.refundPurchase',
        fault: 'drop-after-processing',
      });

      expect(await stage.customer.refund(reference, 20_000)).toMatchObject(unclear);
      expect((await stage.customer.refund(reference, 20_000)).body).toMatchObject({
        refunded: 20_000,
      });
      expect(stage.shop.simulator.ledger.entries()).toMatchObject([
        { kind: 'debit', amount: 90_000 },
        { kind: 'refund', amount: 20_000 },
      ]);
    });
  });

  describe('moving money', () => {
    beforeEach(() => stage.customer.linkWallet());

    const movesOf = async () => (await stage.customer.call('GET', '/api/wallet/moves')).body;

    it('tops up once for a button pressed twice and again', async () => {
      expect(
        (await stage.customer.call('POST', '/api/wallet/moves/top-ups', { amount: 50_000 })).body,
      ).toMatchObject({ kind: 'top-up', phase: 'asked', to: 'The wallet of Budi Santoso' });
      expect(await stage.customer.wallet()).toMatchObject({ balance: 1_000_000 });
      const id = await stage.customer.askTopUp(50_000);

      const presses = await Promise.all([1, 2].map(() => stage.customer.sendMove(id)));
      expect(presses).toMatchObject([{ body: { phase: 'done' } }, { body: { phase: 'done' } }]);
      await stage.customer.sendMove(id);
      expect(await stage.customer.wallet()).toMatchObject({ balance: 1_050_000 });
      // What was only asked about is forgotten.
      expect(await movesOf()).toMatchObject([{ id, phase: 'done' }]);
    });

    it('gives no wish the answer to another that is made at the same time', async () => {
      const answers = await Promise.all([
        stage.customer.call('POST', '/api/wallet/moves/top-ups', { amount: 10_000 }),
        stage.customer.call('POST', '/api/wallet/moves/top-ups', { amount: 20_000 }),
      ]);

      const amounts = answers.map(({ body }) => (body as { readonly amount?: number }).amount);
      expect([
        [10_000, undefined],
        [undefined, 20_000],
      ]).toContainEqual(amounts);
    });

    it('names the owner of a bank account before it transfers', async () => {
      const wanted = { bankCode: '014', accountNumber: '8888 0100 0157 508', amount: 25_000 };
      const asked = await stage.customer.call('POST', '/api/wallet/moves/transfers', wanted);
      expect(asked.body).toMatchObject({ to: 'Budi Example, bank 014 ···· 7508', amount: 25_000 });
      const { id } = asked.body as { readonly id: string };

      expect((await stage.customer.sendMove(id)).body).toMatchObject({ phase: 'done' });
      expect(await stage.customer.wallet()).toMatchObject({ balance: 975_000 });
    });

    it('says that there is no such bank account', async () => {
      const wanted = { bankCode: '014', accountNumber: '888801000150000', amount: 25_000 };

      expect(
        await stage.customer.call('POST', '/api/wallet/moves/transfers', wanted),
      ).toMatchObject(refusal('not-found', expect.stringContaining('no such account')));
    });

    it('says that there is not enough for a transfer', async () => {
      const id = await stage.customer.askTransfer(1_500_000);

      expect(await stage.customer.sendMove(id)).toMatchObject(refusal('balance-too-low'));
      expect(await movesOf()).toMatchObject([{ phase: 'refused' }]);
    });

    describe.each([
      ['wallet.topUp', 'askTopUp', 1_050_000],
      ['wallet.transferToBank', 'askTransfer', 950_000],
    ] as const)('by %s', (operation, ask, after) => {
      it('asks what became of it when the answer got lost, and sends nothing again', async () => {
        const id = await stage.customer[ask](50_000);
        await stage.shop.breakNext({ operation, fault: 'drop-after-processing' });

        expect(await stage.customer.sendMove(id)).toMatchObject(unclear);
        expect(await stage.customer.sendMove(id)).toMatchObject(unclear);
        expect(
          await stage.customer.call('POST', '/api/wallet/moves/top-ups', { amount: 50_000 }),
        ).toMatchObject({ status: 409, body: { error: { code: 'busy' } } });
        expect((await stage.customer.checkMove(id)).body).toMatchObject({ phase: 'done' });
        expect(await stage.customer.wallet()).toMatchObject({ balance: after });
        expect(await stage.shop.requestsOf(operation)).toHaveLength(1);
      });

      it('sends the same again once DOKU says that it has none', async () => {
        const id = await stage.customer[ask](50_000);
        await stage.shop.breakNext({ operation, fault: 'drop-before-processing' });

        expect(await stage.customer.sendMove(id)).toMatchObject(unclear);
        expect((await stage.customer.checkMove(id)).body).toMatchObject({
          phase: 'unknown',
          mayRepeat: true,
        });
        expect((await stage.customer.sendMove(id)).body).toMatchObject({ phase: 'done' });
        expect(await referencesOf(operation)).toEqual([id, id]);
        expect(await stage.customer.wallet()).toMatchObject({ balance: after });
      });

      it('does not believe a refusal of the second sending about the first', async () => {
        const id = await stage.customer[ask](50_000);
        await stage.shop.breakNext({ operation, fault: 'drop-before-processing' });
        await stage.customer.sendMove(id);
        await stage.customer.checkMove(id);
        await stage.shop.breakNext({ operation, fault: 'refuse', responseCode: '4031400' });

        expect(await stage.customer.sendMove(id)).toMatchObject(unclear);
        expect(await movesOf()).toMatchObject([{ phase: 'unknown', mayRepeat: false }]);
      });

      it('takes "in progress" for open', async () => {
        const id = await stage.customer[ask](50_000);
        await stage.shop.breakNext({ operation, fault: 'in-progress', processed: true });

        expect(await stage.customer.sendMove(id)).toMatchObject(unclear);
        expect((await stage.customer.checkMove(id)).body).toMatchObject({ phase: 'done' });
      });
    });

    it('shows nobody what another browser moves', async () => {
      const id = await stage.customer.askTopUp(50_000);
      const stranger = new ShopClient(stage.shop);

      expect(await stranger.sendMove(id)).toMatchObject({ status: 404 });
      expect((await stranger.call('GET', '/api/wallet/moves')).body).toEqual([]);
    });
  });

  describe('history', () => {
    beforeEach(() => stage.customer.linkWallet());

    it('comes in pages, the newest first, which do not shift', async () => {
      for (let amount = 1_000; amount <= 7_000; amount += 1_000) {
        await stage.customer.sendMove(await stage.customer.askTopUp(amount));
      }
      const first = await stage.customer.call('GET', '/api/wallet/history');
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
      const second = await stage.customer.call('GET', `/api/wallet/history?page=1&until=${until}`);
      expect(second.body).toMatchObject({
        page: 1,
        hasMore: false,
        until,
        rows: [{ amount: 2_000 }, { amount: 1_000 }],
      });
    });

    it('ends where DOKU knows no further page', async () => {
      const first = await stage.customer.call('GET', '/api/wallet/history');
      const { until } = first.body as { readonly until: string };
      const fault = { operation: 'wallet.listTransactions', fault: 'refuse' };
      await stage.shop.breakNext({ ...fault, responseCode: '4041201', times: 2 });

      expect(
        await stage.customer.call('GET', `/api/wallet/history?page=1&until=${until}`),
      ).toMatchObject({
        status: 200,
        body: { page: 1, hasMore: false, rows: [] },
      });
      // Without a history there is no first page either.
      expect(await stage.customer.call('GET', '/api/wallet/history')).toMatchObject({
        status: 200,
        body: { page: 0, hasMore: false, rows: [] },
      });
    });

    it('answers a page that cannot be with a structured error', async () => {
      for (const query of ['page=-1', 'page=x', 'until=now', 'until=2020-01-01T00:00:00.000Z']) {
        expect(await stage.customer.call('GET', `/api/wallet/history?${query}`)).toMatchObject({
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
    expect(await stage.customer.call(method, path, body)).toMatchObject({
      status: 409,
      body: { error: { code: 'account-not-linked' } },
    });
  });
});
