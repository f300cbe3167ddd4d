import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../../doku-simulator.js';
import { valueAt } from '../../engine/json.js';
import { textOf } from '../../testing/cimb-shop.js';
import { MERCHANT_PUBLIC_KEY } from '../../testing/snap-merchant.js';
import { exchange, type TestAnswer } from '../../testing/test-merchant.js';
import { newReference, SnapShop } from '../../testing/snap-shop.js';

const BUDI = '628238748728423';
const RIGHT = { otp: '999999', pin: '123456', action: 'approve' };

describe('the pages of Allo', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    shop = await SnapShop.open(simulator.url);
  });
  afterEach(() => simulator.stop());

  const open = (url: string) => exchange(url, 'GET', {});
  const submit = (
    url: string,
    form: Record<string, string>,
  ): Promise<Omit<TestAnswer, 'requestId'>> =>
    exchange(url, 'POST', {}, new URLSearchParams(form).toString());
  const bindingPage = async (phoneNo = BUDI, more: object = {}): Promise<string> =>
    textOf(await shop.bind(shop.bindingBody(phoneNo, `cust-${phoneNo}`, more)), 'redirectUrl');
  const bindingState = async (url: string): Promise<unknown> => {
    const { body } = await shop.api('GET', 'bindings');
    const bindings = body as { authCode: string; state: string }[];
    return bindings.find(({ authCode }) => url.endsWith(authCode))?.state;
  };
  const paymentPage = async (reference: string, value = '90000.00'): Promise<string> => {
    const { token } = await shop.boundCustomer(BUDI);
    return textOf(await shop.pay(token, shop.paymentBody(reference, value)), 'webRedirectUrl');
  };
  const statusOf = async (reference: string): Promise<unknown> =>
    valueAt((await shop.status(reference)).body, 'latestTransactionStatus');

  it('bind with OTP and PIN, and lead back to the shop', async () => {
    const url = await bindingPage();
    const page = await open(url);
    const wrong = await submit(url, { ...RIGHT, pin: '000000' });
    const right = await submit(url, RIGHT);
    const again = await submit(url, RIGHT);

    expect(page.text).toContain('Link your account');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('4 tries left')]);
    expect([right.status, right.headers.location]).toEqual([303, 'https://shop.example/ok?x=1']);
    expect(await bindingState(url)).toBe('BOUND');
    expect(again.text).toContain('This link has been used');
  });

  it('lead to the failed URL when declined, or wrong five times', async () => {
    const [first, second] = [await bindingPage(), await bindingPage('628111222333')];
    const declined = await submit(first, { action: 'decline' });
    let blocked = declined;
    for (let attempt = 0; attempt < 5; attempt++) {
      blocked = await submit(second, { ...RIGHT, otp: '000000' });
    }

    expect([declined, blocked].map(({ headers }) => headers.location)).toEqual([
      'https://shop.example/failed',
      'https://shop.example/failed',
    ]);
    expect([await bindingState(first), await bindingState(second)]).toEqual([
      'DECLINED',
      'DECLINED',
    ]);
  });

  it('pay with OTP and PIN', async () => {
    const reference = newReference();
    const url = await paymentPage(reference);
    const page = await open(url);
    const wrong = await submit(url, { ...RIGHT, otp: '' });
    const before = simulator.ledger.entries().length;
    const paid = await submit(url, RIGHT);

    expect(page.text).toContain('IDR 90000.00');
    expect([wrong.status, before]).toEqual([400, 0]);
    expect([paid.status, paid.headers.location]).toEqual([303, 'https://shop.example/paid']);
    expect(simulator.ledger.balanceOf(reference).paid).toBe(90_000);
  });

  it('fail for want of money, when declined and after five wrong entries', async () => {
    const [poor, declined, blocked] = [newReference(), newReference(), newReference()];
    const poorEnd = await submit(await paymentPage(poor, '1000000.01'), RIGHT);
    await submit(await paymentPage(declined), { action: 'decline' });
    const url = await paymentPage(blocked);
    for (let attempt = 0; attempt < 5; attempt++) await submit(url, { ...RIGHT, pin: '1' });

    expect(poorEnd.headers.location).toBe('https://shop.example/unpaid');
    expect(await Promise.all([poor, declined, blocked].map(statusOf))).toEqual(['06', '06', '06']);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it('show what they are told as text', async () => {
    const url = await bindingPage(BUDI, { customerName: '<script>alert(1)</script>' });
    const { text } = await open(url);

    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
  });

  it('refuse unknown addresses and actions', async () => {
    const unknown = await open(`${simulator.url}/direct-debit/ui/payment/core/1`);
    const action = await submit(await bindingPage(), { action: 'x' });

    expect([unknown.status, action.status]).toEqual([404, 400]);
  });
});
