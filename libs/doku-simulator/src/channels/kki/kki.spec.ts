import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../../doku-simulator.js';
import { valueAt } from '../../engine/json.js';
import { MERCHANT_PUBLIC_KEY } from '../../testing/snap-merchant.js';
import {
  codeOf,
  idr,
  KKI,
  messageOf,
  newReference,
  SNAP_PATHS,
  SnapShop,
} from '../../testing/snap-shop.js';

const CPAN = '9360001609987000000';

describe('KKI', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    shop = await SnapShop.open(simulator.url);
  });
  afterEach(() => simulator.stop());

  it('pays once the answer has left, without showing card and OTP anywhere', async () => {
    const reference = newReference();
    const answer = await shop.payByCard(shop.kkiBody(reference, '90000.00'));
    await simulator.clock.advance(0);
    const status = await shop.status(reference);
    const shown = await Promise.all(
      ['requests', 'payments', 'ledger', 'notifications'].map((path) => shop.api('GET', path)),
    );
    const all = shown.map(({ text }) => text).join();

    expect(answer.body).toEqual({
      responseCode: '2005400',
      responseMessage: 'Successful',
      partnerReferenceNo: reference,
      referenceNo: expect.any(String),
    });
    expect(valueAt(status.body, 'latestTransactionStatus')).toBe('00');
    expect(simulator.ledger.balanceOf(reference).paid).toBe(90_000);
    expect(all).not.toContain(CPAN);
    expect(all).not.toContain('99999999');
    expect(all).toContain('************0000');
  });

  it('moves no money while its answer is still under way', async () => {
    const reference = newReference();
    const fault = { operation: 'kki.createPayment', fault: 'drip', ms: 60_000 };
    await shop.api('POST', 'faults', fault);
    const leaving = new AbortController();
    const call = shop.payByCard(shop.kkiBody(reference, '90000.00'), { signal: leaving.signal });
    // Looked at later; until then it must not count as unhandled.
    call.catch(() => undefined);
    let status = await shop.status(reference);
    while (codeOf(status) !== '2005500') status = await shop.status(reference);
    leaving.abort();
    await expect(call).rejects.toThrow();
    while (simulator.ledger.entries().length === 0) await simulator.clock.advance(0);

    expect(valueAt(status.body, 'latestTransactionStatus')).toBe('03');
  });

  it('takes digits as bare numbers too, to the last one', async () => {
    const body = (cpan: string): string =>
      JSON.stringify(shop.kkiBody(newReference(), '90000.00'))
        .replace(`"${CPAN}"`, cpan)
        .replace('"99999999"', '99999999');
    const answer = await shop.payByCard(body(CPAN));
    const record = await shop.lastRecord('kki.createPayment');
    const scientific = await shop.payByCard(body('9.36e18'));

    expect(codeOf(answer)).toBe('2005400');
    expect(JSON.parse(String(record.body))).toMatchObject({
      cpan: 'number ************0000',
      otp: 'number ********',
    });
    expect([codeOf(scientific), messageOf(scientific)]).toEqual([
      '4005401',
      'Invalid Field Format cpan: it must have 1 to 20 digits and nothing else.',
    ]);
  });

  it('masks the card in bodies that cannot be read', async () => {
    const answer = await shop.payByCard(`{"cpan":"${CPAN}"`);
    const { text } = await shop.api('GET', 'requests');

    expect(codeOf(answer)).toBe('4005400');
    expect(text).not.toContain(CPAN);
    expect(answer.text).not.toContain(CPAN.slice(0, 8));
  });

  it('blocks a card after five wrong OTPs, for a day', async () => {
    const codes = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const body = shop.kkiBody(newReference(), '90000.00', { otp: '00000000' });
      codes.push(codeOf(await shop.payByCard(body)));
    }
    const right = await shop.payByCard(shop.kkiBody(newReference(), '90000.00'));
    const otherCard = await shop.payByCard(
      shop.kkiBody(newReference(), '90000.00', { cpan: '9360001609987000001' }),
    );
    await simulator.clock.advance(24 * 3_600_000);
    await shop.merchant.login();
    const nextDay = await shop.payByCard(shop.kkiBody(newReference(), '90000.00'));

    expect(codes).toEqual([...Array<string>(5).fill('4045415'), '4035411']);
    expect([right, otherCard, nextDay].map(codeOf)).toEqual(['4035411', '2005400', '2005400']);
  });

  it('waits for the app when the setting says so', async () => {
    await shop.api('POST', 'settings', { kkiConfirmation: 'manual' });
    const [yes, no] = [newReference(), newReference()];
    await shop.payByCard(shop.kkiBody(yes, '90000.00'));
    await shop.payByCard(shop.kkiBody(no, '90000.00'));
    await simulator.clock.advance(0);
    const waiting = await shop.status(yes);
    await shop.api('POST', `payments/${yes}/approve`);
    await shop.api('POST', `payments/${no}/decline`);

    expect(valueAt(waiting.body, 'latestTransactionStatus')).toBe('03');
    expect(simulator.ledger.entries()).toMatchObject([{ invoiceNumber: yes, kind: 'debit' }]);
    expect(valueAt((await shop.status(no)).body, 'latestTransactionStatus')).toBe('06');
  });

  it('knows a payment again, whatever its OTP', async () => {
    const reference = newReference();
    await shop.payByCard(shop.kkiBody(reference, '90000.00'));
    const again = await shop.payByCard(shop.kkiBody(reference, '90000.00', { otp: '11111111' }));
    const other = await shop.payByCard(
      shop.kkiBody(reference, '90000.00', { cpan: '9360001609987000001' }),
    );

    expect([again, other].map(codeOf)).toEqual(['4095401', '4045418']);
  });

  it.each<[object, string, RegExp]>([
    [{ bankCardToken: 'abc' }, '4005401', /either it or cpan, not both/],
    [{ cpan: undefined }, '4005402', /cpan: or bankCardToken/],
    [{ otp: undefined }, '4005402', /otp: cpan needs it/],
    [{ otp: '9999999' }, '4005401', /otp: it must have 8 digits/],
    [{ cpan: '936000160998700000012' }, '4005401', /cpan: it must have 1 to 20/],
    [{ partnerReferenceNo: 'x'.repeat(33) }, '4005401', /partnerReferenceNo/],
    [{ amount: idr('51051.00') }, '4035414', /Insufficient Funds/],
  ])('refuses %j', async (change, code, message) => {
    const answer = await shop.payByCard(shop.kkiBody(newReference(), '90000.00', change));

    expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
  });

  it('takes a token, and other names and another channel', async () => {
    const byToken = await shop.payByCard(
      shop.kkiBody(newReference(), '90000.00', {
        cpan: undefined,
        otp: undefined,
        bankCardToken: 'de52e5820f4c381db88a1cf91d57b73e',
      }),
    );
    const settings = {
      kkiMembers: { cpan: 'customerPan', otp: 'oneTime' },
      kkiChannel: 'CREDIT_CARD_KKI_SNAP',
    };
    await shop.api('POST', 'settings', settings);
    const renamed = await shop.payByCard(
      shop.kkiBody(newReference(), '90000.00', {
        cpan: undefined,
        otp: undefined,
        customerPan: CPAN,
        oneTime: '99999999',
        additionalInfo: { channel: 'CREDIT_CARD_KKI_SNAP' },
      }),
    );
    const { text } = await shop.api('GET', 'requests');

    expect([byToken, renamed].map(codeOf)).toEqual(['2005400', '2005400']);
    expect(text).not.toContain(CPAN);
  });

  it('refunds by short numbers', async () => {
    const reference = newReference();
    await shop.payByCard(shop.kkiBody(reference, '90000.00'));
    await simulator.clock.advance(0);
    const refund = (partnerRefundNo: string) =>
      shop.merchant.post(SNAP_PATHS.refund, {
        originalPartnerReferenceNo: reference,
        refundAmount: idr('90000.00'),
        partnerRefundNo,
        additionalInfo: { channel: KKI },
      });

    expect(codeOf(await refund('INV-REF-00001'))).toBe('4005801');
    expect(codeOf(await refund('INV-REF-0001'))).toBe('2000700');
    expect(simulator.ledger.balanceOf(reference)).toEqual({ paid: 90_000, refunded: 90_000 });
  });
});
