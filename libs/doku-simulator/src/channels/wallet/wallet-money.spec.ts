import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../../doku-simulator.js';
import { valueAt } from '../../engine/json.js';
import { textOf } from '../../testing/cimb-shop.js';
import { jakartaTime, MERCHANT_PUBLIC_KEY } from '../../testing/snap-merchant.js';
import { codeOf, idr, newReference, SnapShop } from '../../testing/snap-shop.js';
import { exchange } from '../../testing/test-merchant.js';
import { WalletShop, type WalletHolder } from '../../testing/wallet-shop.js';
import type { SnapTestAnswer } from '../../testing/snap-merchant.js';

describe('money of the wallet', () => {
  let simulator: DokuSimulator;
  let shop: WalletShop;
  let holder: WalletHolder;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    shop = await WalletShop.open(simulator.url);
    holder = await shop.holder('100000.00');
  });
  afterEach(() => simulator.stop());

  const inquireBank = (value: string, more: object = {}): Promise<SnapTestAnswer> =>
    shop.call('inquireBankAccount', shop.bankBody(holder, value, more), holder.token);
  const transfer = (body: object): Promise<SnapTestAnswer> =>
    shop.call('transferToBank', body, holder.token);
  const topUp = (body: object): Promise<SnapTestAnswer> => shop.call('topUp', body, holder.token);

  /** Refuses unless what the ledger tells makes the balances of all wallets. */
  const expectConservation = async (start: Record<string, string>): Promise<void> => {
    const { body } = await shop.api('GET', 'wallets');
    const { wallets, sum } = body as {
      wallets: { phoneNo: string; party: string; balance: string }[];
      sum: string;
    };
    const nets = simulator.ledger.netByParty();
    for (const { phoneNo, party, balance } of wallets) {
      expect(Number(start[phoneNo]) + (nets.get(party) ?? 0)).toBe(Number(balance));
    }
    expect(sum).toBe('0.00');
    expect([...nets.values()].reduce((total, net) => total + net, 0)).toBe(0);
  };

  it('leaves for a bank after an inquiry, once', async () => {
    const inquiry = await inquireBank('25000.00');
    const body = shop.transferBody(inquiry, holder);
    const done = await transfer(body);
    const repeated = await transfer(body);
    const inconsistent = await transfer({ ...body, accountType: 'D' });
    const used = await transfer(shop.transferBody(inquiry, holder));

    expect(inquiry.body).toMatchObject({
      responseCode: '2004200',
      beneficiaryAccountName: 'Budi Example',
      beneficiaryBankCode: '014',
      sessionId: expect.stringMatching(/^SESSION[0-9]{16}$/),
      amount: idr('25000.00'),
    });
    expect(done.body).toMatchObject({
      responseCode: '2004300',
      partnerReferenceNo: (body as { partnerReferenceNo: string }).partnerReferenceNo,
      transactionDate: expect.stringMatching(/\+07:00$/),
    });
    expect([repeated, inconsistent, used].map(codeOf)).toEqual(['4094301', '4044318', '4044300']);
    expect(await shop.balanceOf(holder)).toBe('75000.00');
    expect(simulator.ledger.entries()).toMatchObject([
      {
        kind: 'debit',
        amount: 25_000,
        from: `DOKU_WALLET:${holder.phoneNo}`,
        to: 'bank:014:888801000157508',
      },
    ]);
    await expectConservation({ [holder.phoneNo]: '100000.00' });
  });

  it('leaves late, although the token that the call came with has ended meanwhile', async () => {
    const inquiry = await inquireBank('25000.00');
    await shop.api('POST', 'faults', {
      operation: 'wallet.transferToBank',
      fault: 'delay',
      ms: 300,
    });
    const late = transfer(shop.transferBody(inquiry, holder));
    // It has come once its fault is used up.
    let waiting: unknown;
    do waiting = (await shop.api('GET', 'faults')).body;
    while (Array.isArray(waiting) && waiting.length > 0);
    await shop.api('POST', 'tokens/revoke', { kind: 'b2b2c' });

    expect(codeOf(await late)).toBe('2004300');
    expect(simulator.ledger.entries()).toMatchObject([{ kind: 'debit', amount: 25_000 }]);
  });

  it.each([
    ['of another session', { sessionId: 'SESSION0' }, '4044301'],
    ['of an unknown inquiry', { additionalInfo: { referenceNo: 'x' } }, '4044301'],
    ['of another amount', { amount: idr('25001.00') }, '4044313'],
    ['to another account', { beneficiaryAccountNumber: '1' }, '4044311'],
    ['to another bank', { beneficiaryBankCode: '008' }, '4044311'],
    ['by another customer', { customerNumber: '628000000000' }, '4044311'],
    ['without its inquiry', { additionalInfo: {} }, '4004302'],
    ['with an amount that is a number', { amount: { value: 1, currency: 'IDR' } }, '4004301'],
  ])('does not leave for a bank %s', async (_what, change, code) => {
    const inquiry = await inquireBank('25000.00');
    const refused = await transfer(shop.transferBody(inquiry, holder, change));
    const done = await transfer(shop.transferBody(inquiry, holder));

    expect([refused, done].map(codeOf)).toEqual([code, '2004300']);
  });

  it('does not leave for a bank when there is too little of it', async () => {
    const tooMuch = await transfer(shop.transferBody(await inquireBank('100001.00'), holder));
    const asTheSandboxSays = await transfer(
      shop.transferBody(await inquireBank('51051.00'), holder),
    );
    const nobody = await inquireBank('1.00', { beneficiaryAccountNumber: '8888010000' });

    expect([tooMuch, asTheSandboxSays, nobody].map(codeOf)).toEqual([
      '4034314',
      '4034314',
      '4044211',
    ]);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it('comes by top-up, which is queried by its own ids', async () => {
    const inquiry = await shop.call(
      'inquireTopUpAccount',
      shop.topUpBody(holder, '40000.00'),
      holder.token,
    );
    const body = shop.topUpBody(holder, '40000.00', {
      sessionId: textOf(inquiry, 'sessionId'),
      notes: 'Cashback',
    });
    const done = await shop.call('topUp', body, holder.token, { externalId: '20240115001' });
    const repeated = await topUp(body);
    const { partnerReferenceNo } = body as { partnerReferenceNo: string };
    const query = (more: object): Promise<SnapTestAnswer> =>
      shop.call(
        'queryTopUp',
        { originalPartnerReferenceNo: partnerReferenceNo, serviceCode: '38', ...more },
        holder.token,
      );
    const found = await query({
      originalReferenceNo: textOf(done, 'referenceNo'),
      originalExternalId: '20240115001',
    });
    const wrongIds = [
      await query({ originalReferenceNo: 'x' }),
      await query({ originalExternalId: '20240115002' }),
      await query({ serviceCode: '17' }),
      await query({ serviceCode: undefined }),
    ];

    expect(inquiry.body).toMatchObject({ responseCode: '2003700', amount: idr('40000.00') });
    expect(codeOf(repeated)).toBe('4093801');
    expect(found.body).toMatchObject({
      responseCode: '2003900',
      originalExternalId: '20240115001',
      amount: idr('40000.00'),
      latestTransactionStatus: '00',
    });
    expect(wrongIds.map(codeOf)).toEqual(['4043901', '4043901', '4003901', '4003902']);
    expect(await shop.balanceOf(holder)).toBe('140000.00');
    await expectConservation({ [holder.phoneNo]: '100000.00' });
  });

  it('comes by top-up only within the limits, and with a session that is its own', async () => {
    const codes = [
      await topUp(shop.topUpBody(holder, '20000000.01')),
      await topUp(shop.topUpBody(holder, '51051.00')),
      await topUp(shop.topUpBody(holder, '1.00', { sessionId: 'SESSION0' })),
      await topUp(shop.topUpBody(holder, '1.00')),
    ].map(codeOf);

    expect(codes).toEqual(['4033802', '4033814', '4043801', '2003800']);
  });

  describe('in a purchase', () => {
    const buy = (value: string, more: object = {}): Promise<SnapTestAnswer> =>
      shop.call('purchase', shop.purchaseBody(value, more), holder.token);

    it('leaves on the page, with the PIN', async () => {
      const answer = await buy('30000.00');
      const reference = textOf(answer, 'partnerReferenceNo');
      const before = await shop.query(holder, reference);
      const page = textOf(answer, 'webRedirectUrl');
      const shown = await exchange(page, 'GET', {});
      const wrong = await exchange(page, 'POST', {}, 'action=approve&pin=000000');
      const paid = await exchange(page, 'POST', {}, 'action=approve&pin=123456');
      const after = await shop.query(holder, reference);

      expect(codeOf(answer)).toBe('2005400');
      expect(valueAt(before.body, 'latestTransactionStatus')).toBe('03');
      expect([shown.status, wrong.status]).toEqual([200, 400]);
      expect(shown.text).toContain('IDR 30000.00');
      expect([paid.status, paid.headers.location]).toEqual([303, 'https://shop.example/back?n=1']);
      expect(after.body).toMatchObject({
        responseCode: '2005500',
        originalReferenceNo: textOf(answer, 'referenceNo'),
        serviceCode: '17',
        latestTransactionStatus: '00',
        transAmount: idr('30000.00'),
        paidTime: expect.any(String),
        refundHistory: [],
      });
      expect(await shop.balanceOf(holder)).toBe('70000.00');
      await expectConservation({ [holder.phoneNo]: '100000.00' });
    });

    it('is paid by itself when the setting says so', async () => {
      await shop.api('POST', 'settings', { walletConfirmation: 'auto' });
      const reference = textOf(await buy('30000.00'), 'partnerReferenceNo');
      await simulator.clock.advance(0);

      expect(valueAt((await shop.query(holder, reference)).body, 'latestTransactionStatus')).toBe(
        '00',
      );
    });

    it('fails when there is too little of it, and may then be tried again', async () => {
      const body = shop.purchaseBody('100000.01');
      const reference = (body as { partnerReferenceNo: string }).partnerReferenceNo;
      await shop.call('purchase', body, holder.token);
      await shop.api('POST', `payments/${reference}/approve`);
      const failed = await shop.query(holder, reference);
      const again = await shop.call('purchase', body, holder.token);
      const waiting = await shop.call('purchase', body, holder.token);

      expect(valueAt(failed.body, 'latestTransactionStatus')).toBe('06');
      expect([again, waiting].map(codeOf)).toEqual(['2005400', '4095401']);
      expect(simulator.ledger.entries()).toEqual([]);
    });

    it('is cancelled, paid or not, and given back once', async () => {
      const waiting = textOf(await buy('10000.00'), 'partnerReferenceNo');
      const paid = await shop.paid(holder, '30000.00');
      const cancel = (reference: string, reason?: string): Promise<SnapTestAnswer> =>
        shop.call(
          'cancelPurchase',
          { originalPartnerReferenceNo: reference, reason },
          holder.token,
        );
      const codes = [
        await cancel(waiting),
        await cancel(paid, 'Out of stock'),
        await cancel(paid, 'Out of stock'),
        await cancel(paid, 'Another reason'),
        await shop.refund(holder, paid, '1.00'),
        await cancel('unknown'),
      ].map(codeOf);
      const tooLate = await shop.api('POST', `payments/${waiting}/approve`);
      const status = await shop.query(holder, paid);

      expect(codes).toEqual(['2005700', '2005700', '4095701', '4045718', '4045800', '4045701']);
      expect(tooLate.status).toBe(400);
      expect(status.body).toMatchObject({
        latestTransactionStatus: '05',
        transactionStatusDesc: 'Cancelled',
      });
      expect(await shop.balanceOf(holder)).toBe('100000.00');
      await expectConservation({ [holder.phoneNo]: '100000.00' });
    });

    it('is refunded in parts, and never above what is left', async () => {
      const reference = await shop.paid(holder, '30000.00');
      const first = await shop.refund(holder, reference, '10000.00', 'RFD-1');
      const codes = [
        await shop.refund(holder, reference, '10000.00', 'RFD-1'),
        await shop.refund(holder, reference, '10001.00', 'RFD-1'),
        await shop.refund(holder, reference, '20000.01', 'RFD-2'),
        await shop.call('cancelPurchase', { originalPartnerReferenceNo: reference }, holder.token),
      ].map(codeOf);
      const partly = await shop.query(holder, reference);
      await shop.refund(holder, reference, '20000.00', 'RFD-3');
      const all = await shop.query(holder, reference);

      expect(first.body).toMatchObject({
        responseCode: '2005800',
        partnerRefundNo: 'RFD-1',
        refundAmount: idr('10000.00'),
        refundTime: expect.any(String),
      });
      expect(codes).toEqual(['4095801', '4045818', '4045813', '4055701']);
      expect(partly.body).toMatchObject({
        latestTransactionStatus: '00',
        refundHistory: [{ partnerRefundNo: 'RFD-1', refundStatus: '00' }],
      });
      expect(valueAt(all.body, 'latestTransactionStatus')).toBe('04');
      await expectConservation({ [holder.phoneNo]: '100000.00' });
    });

    it('belongs to its customer, and to no other channel', async () => {
      const reference = await shop.paid(holder, '30000.00');
      const other = await shop.holder();
      const snap = await SnapShop.open(simulator.url, shop.merchant);
      const allo = await snap.boundCustomer('6287700001111');
      const codes = [
        await shop.query(other, reference),
        await shop.refund(other, reference, '1.00'),
        await snap.status(reference),
        await snap.refund(allo.token, reference, '1.00'),
        await snap.balance(holder.token),
        await shop.call('inquireBalance', { partnerReferenceNo: 'B' }, allo.token),
      ].map(codeOf);
      await simulator.clock.advance(0);
      const notifications = await shop.api('GET', 'notifications');

      expect(codes).toEqual(['4045501', '4045801', '4045501', '4045801', '4011104', '4011104']);
      // The binding of Allo alone.
      expect(notifications.body).toHaveLength(1);
    });

    it.each([
      [
        'an address that is none',
        [{ url: 'back', type: 'PAY_RETURN', isDeeplink: 'N' }],
        '4005401',
      ],
      [
        'an app without isDeeplink',
        [{ url: 'app://x', type: 'PAY_RETURN', isDeeplink: 'N' }],
        '4005401',
      ],
      ['an unknown type', [{ url: 'https://x.example', type: 'BACK', isDeeplink: 'N' }], '4005401'],
      ['an app', [{ url: 'app://x', type: 'PAY_RETURN', isDeeplink: 'Y' }], '2005400'],
    ])('checks where its page leads: %s', async (_what, urlParams, code) => {
      expect(codeOf(await buy('1.00', { urlParams }))).toBe(code);
    });

    it('needs the date and a known service code to be queried', async () => {
      const originalPartnerReferenceNo = await shop.paid(holder, '30000.00');
      const query = (more: object): Promise<SnapTestAnswer> =>
        shop.call('queryPurchase', { originalPartnerReferenceNo, ...more }, holder.token);
      const codes = [
        await query({ serviceCode: '17' }),
        await query({ serviceCode: '38', transactionDate: jakartaTime() }),
        await query({ serviceCode: '54', transactionDate: jakartaTime() }),
      ].map(codeOf);

      expect(codes).toEqual(['4005502', '4005501', '2005500']);
    });
  });

  it('moves twice when repeats are not noticed, and the ledger tells', async () => {
    await shop.api('POST', 'settings', { idempotency: false, walletConfirmation: 'auto' });
    const bodies = {
      topUp: shop.topUpBody(holder, '1000.00'),
      transferToBank: shop.transferBody(await inquireBank('2000.00'), holder),
      purchase: shop.purchaseBody('3000.00'),
    };
    for (const name of ['topUp', 'transferToBank', 'purchase'] as const) {
      await shop.call(name, bodies[name], holder.token);
      await shop.call(name, bodies[name], holder.token);
    }
    await simulator.clock.advance(0);
    const { partnerReferenceNo } = bodies.purchase as { partnerReferenceNo: string };
    await shop.refund(holder, partnerReferenceNo, '500.00', 'RFD-1');
    await shop.refund(holder, partnerReferenceNo, '500.00', 'RFD-1');

    expect(simulator.ledger.debitedTwice()).toHaveLength(3);
    expect(simulator.ledger.balanceOf(partnerReferenceNo)).toEqual({
      paid: 6_000,
      refunded: 1_000,
    });
    // 100000 + 2 * 1000 - 2 * 2000 - 2 * 3000 + 2 * 500
    expect(await shop.balanceOf(holder)).toBe('93000.00');
    await expectConservation({ [holder.phoneNo]: '100000.00' });
  });

  it('shares its references with other payments of the merchant', async () => {
    const partnerReferenceNo = newReference();
    const first = await topUp(shop.topUpBody(holder, '1.00', { partnerReferenceNo }));
    const other = await shop.call(
      'purchase',
      shop.purchaseBody('1.00', { partnerReferenceNo }),
      holder.token,
    );

    expect([first, other].map(codeOf)).toEqual(['2003800', '4045418']);
  });

  describe('in the history', () => {
    const list = async (more: object = {}): Promise<[code: string, types: unknown[]]> => {
      const answer = await shop.call('listTransactions', shop.historyBody(more), holder.token);
      const { detailData = [] } = answer.body as { detailData?: Record<string, unknown>[] };
      return [codeOf(answer), detailData.map(({ type, status }) => [type, status])];
    };

    it('stands newest first, in pages', async () => {
      await topUp(shop.topUpBody(holder, '1000.00'));
      await transfer(shop.transferBody(await inquireBank('2000.00'), holder));
      const reference = await shop.paid(holder, '3000.00');
      await shop.refund(holder, reference, '500.00');
      await shop.call('purchase', shop.purchaseBody('4000.00'), holder.token);
      const all = [
        ['PAYMENT', 'INIT'],
        ['REFUND', 'SUCCESS'],
        ['PAYMENT', 'SUCCESS'],
        ['DISBURSMENT', 'SUCCESS'],
        ['TOP_UP', 'SUCCESS'],
      ];

      expect(await list()).toEqual(['2001200', all]);
      expect(await list({ pageSize: '2', pageNumber: '1' })).toEqual(['2001200', all.slice(2, 4)]);
      expect(await list({ pageSize: '2', pageNumber: '3' })).toEqual(['2001200', []]);
    });

    it('is cut by its dates', async () => {
      await topUp(shop.topUpBody(holder, '1000.00'));
      await shop.api('POST', 'clock', { skewMs: 10_000 });
      const later = shop.topUpBody(holder, '2000.00');
      await shop.call('topUp', later, holder.token, {
        timestamp: jakartaTime(Date.now() + 10_000),
      });
      await shop.api('POST', 'clock', { skewMs: 0 });
      const toDateTime = jakartaTime(Date.now() + 5_000);
      const fromDateTime = toDateTime;
      const counts = [
        await list(),
        await list({ toDateTime }),
        await list({ fromDateTime }),
        await list({ fromDateTime, toDateTime }),
      ].map(([, rows]) => rows.length);

      expect(counts).toEqual([2, 1, 1, 0]);
    });

    const DAY_MS = 24 * 3_600_000;
    it.each([
      ['turned round', { toDateTime: jakartaTime(Date.now() - 2 * 3_600_000) }],
      ['longer than a month', { toDateTime: jakartaTime(Date.now() + 32 * DAY_MS) }],
      [
        'longer than a year ago',
        {
          fromDateTime: jakartaTime(Date.now() - 370 * DAY_MS),
          toDateTime: jakartaTime(Date.now() - 369 * DAY_MS),
        },
      ],
      ['no date', { fromDateTime: '2024-01-15' }],
      ['a page of none', { pageSize: '0' }],
      ['a page of too many', { pageSize: '51' }],
    ])('refuses a range that is %s', async (_what, more) => {
      expect(await list(more)).toEqual(['4001201', []]);
    });

    it('tells one transaction', async () => {
      const reference = await shop.paid(holder, '3000.00');
      await shop.refund(holder, reference, '500.00');
      const get = (originalPartnerReferenceNo: string): Promise<SnapTestAnswer> =>
        shop.call('getTransaction', { originalPartnerReferenceNo }, holder.token);
      const found = await get(reference);

      expect(found.body).toMatchObject({
        responseCode: '2001300',
        partnerReferenceNo: reference,
        amount: idr('3000.00'),
        refundAmount: idr('500.00'),
        sourceOfFunds: [{ source: 'BALANCE', amount: idr('3000.00') }],
        status: 'SUCCESS',
        type: 'PAYMENT',
      });
      expect(codeOf(await get('unknown'))).toBe('4041301');
    });
  });

  describe('under faults', () => {
    const fault = (operation: string, kind: string, more: object = {}): Promise<SnapTestAnswer> =>
      shop.api('POST', 'faults', { operation, fault: kind, ...more });

    it('moves though the answer is lost, and the repeat says so', async () => {
      await fault('wallet.topUp', 'drop-after-processing');
      const body = shop.topUpBody(holder, '1000.00');
      await expect(topUp(body)).rejects.toThrow();

      expect(codeOf(await topUp(body))).toBe('4093801');
      expect(await shop.balanceOf(holder)).toBe('101000.00');
    });

    it('stays when the fault comes first', async () => {
      await fault('wallet.transferToBank', 'refuse', { responseCode: '5044300' });
      await fault('wallet.transferToBank', 'in-progress', { processed: true });
      const body = shop.transferBody(await inquireBank('1000.00'), holder);
      const codes = [await transfer(body), await transfer(body)].map(codeOf);

      expect(codes).toEqual(['5044300', '2024300']);
      expect(await shop.balanceOf(holder)).toBe('99000.00');
    });

    it('can look like somebody else has moved it', async () => {
      await fault('wallet.purchase', 'foreign-conflict');
      const answer = await shop.call('purchase', shop.purchaseBody('1.00'), holder.token);

      expect([answer.status, textOf(answer, 'partnerReferenceNo')]).toEqual([
        409,
        'REFERENCEOFSOMEBODYELSE',
      ]);
      expect((await shop.api('GET', 'payments')).body).toEqual([]);
    });
  });

  it('is made and changed by hand', async () => {
    const made = await shop.api('POST', 'wallets', { phoneNo: '081300000001' });
    const changed = await shop.api('POST', 'wallets', {
      phoneNo: '6281300000001',
      balance: '7.00',
    });
    const refused = await Promise.all(
      [
        {},
        { phoneNo: '+62' },
        { phoneNo: '0812', balance: 7 },
        { phoneNo: '08120000', clientId: 'X' },
      ].map(async (body) => (await shop.api('POST', 'wallets', body)).status),
    );
    const listed = await shop.api('GET', 'wallets');

    expect(made.body).toMatchObject({
      wallet: { name: 'Customer 081300000001', balance: '1000000.00' },
    });
    expect(changed.body).toMatchObject({
      wallet: { accountId: textOf(made, 'wallet.accountId'), balance: '7.00' },
    });
    expect(refused).toEqual([400, 400, 400, 400]);
    expect(listed.body).toMatchObject({
      others: [{ party: 'outside', balance: '-100007.00' }],
      sum: '0.00',
    });
  });
});
