import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { Script } from 'node:vm';
import { DokuSimulator } from '../doku-simulator.js';
import { CimbShop } from '../testing/cimb-shop.js';
import { MERCHANT_PUBLIC_KEY, SnapMerchant } from '../testing/snap-merchant.js';
import { newReference, SnapShop } from '../testing/snap-shop.js';
import { readConsole } from '../testing/console-browser.js';
import { BriShop } from '../testing/bri-shop.js';
import { WalletShop } from '../testing/wallet-shop.js';
import { exchange, TestMerchant } from '../testing/test-merchant.js';

describe('the console', () => {
  let simulator: DokuSimulator;

  beforeAll(async () => {
    simulator = await DokuSimulator.start({
      logger: false,
      secretKey: 'SK-not-to-be-shown',
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
    });
  });
  afterAll(() => simulator.stop());

  const read = async (path: string): Promise<string> =>
    (await exchange(`${simulator.url}${path}`, 'GET', {})).text;

  it('is a page that loads nothing from elsewhere', async () => {
    const answer = await exchange(`${simulator.url}/`, 'GET', {});
    const addresses = answer.text.match(/(?:src|href)="[^"]*"/g);

    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(addresses).toEqual([
      'href="data:,"',
      'href="_simulator/console.css"',
      'src="_simulator/console.js"',
    ]);
    expect(await read('/_simulator/console.css')).toContain('main.console');
  });

  it('has a script that parses, and writes data as text only', async () => {
    const script = await read('/_simulator/console.js');

    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });

  it('shows notifications of any shape, and all else beside them', async () => {
    const shop = new CimbShop(simulator.url);
    await shop.register();
    for (const [invoiceNumber, extra] of [
      ['INV-USUAL', {}],
      ['INV-NULL', { order: null, transaction: null }],
      ['INV-ODD', { order: { invoice_number: {} }, transaction: 'paid' }],
    ]) {
      await shop.api('POST', 'notifications', { invoiceNumber, amount: 1, extra });
    }
    const textOfPart = await readConsole(simulator.url, await read('/_simulator/console.js'));

    expect(textOfPart('notifications')).toContain('INV-USUAL');
    expect(textOfPart('notifications').match(/no invoice number no status/g)).toHaveLength(2);
    expect(textOfPart('requests')).toContain('cimb.registerCard');
    expect(textOfPart('settings')).toContain('Notify refunds');
    expect(textOfPart('ledger')).toBe('No money has moved yet.');
    expect(textOfPart('toast')).toBe('');
  });

  it('shows what happens on SNAP, with text as text', async () => {
    const merchant = new SnapMerchant(simulator.url, undefined, 'SK-not-to-be-shown');
    const shop = await SnapShop.open(simulator.url, merchant);
    const { token } = await shop.boundCustomer('628238748728423', '<b>cust</b>');
    const reference = newReference();
    await shop.pay(token, shop.paymentBody(reference, '90000.00'));
    await shop.bind(shop.bindingBody('628111222333', 'cust-2'));
    await shop.api('POST', 'notifications', { scheme: 'snap', partnerReferenceNo: reference });
    await shop.api('POST', 'notifications', {
      scheme: 'snap',
      partnerReferenceNo: 'INV-ODD',
      amount: '1.00',
      extra: { originalPartnerReferenceNo: {}, additionalInfo: null, latestTransactionStatus: [] },
    });
    const textOfPart = await readConsole(simulator.url, await read('/_simulator/console.js'));

    expect(textOfPart('payments')).toMatch(
      new RegExp(`PENDING ${reference} SNAP Rp .*Approve Decline`),
    );
    expect(textOfPart('bindings')).toMatch(
      /PENDING cust-2 .*Approve Decline Open page.*BOUND <b>cust<\/b>/,
    );
    expect(textOfPart('accounts')).toContain('628238748728423');
    expect(textOfPart('notifications')).toContain(`${reference} 03 SNAP`);
    expect(textOfPart('notifications')).toContain('no reference no status SNAP');
    expect(textOfPart('requests')).toContain('allo.createPayment');
    expect(textOfPart('requests')).not.toContain(token);
    expect(textOfPart('settings')).toContain('KKI customers confirm');
    expect(textOfPart('toast')).toBe('');
  });

  it('shows wallets and cards of BRI in the lists that are there', async () => {
    const merchant = new SnapMerchant(simulator.url, undefined, 'SK-not-to-be-shown');
    const wallet = await WalletShop.open(simulator.url, merchant);
    const holder = await wallet.holder('7000.00');
    const created = await wallet.call('createAccount', wallet.creationBody('6281277770001'));
    await wallet.call('topUp', wallet.topUpBody(holder, '1234.00'), holder.token);
    await wallet.call('purchase', wallet.purchaseBody('5678.00'), holder.token);
    const bri = new BriShop(new TestMerchant(simulator.url, undefined, 'SK-not-to-be-shown'));
    await bri.register();
    const early = await readConsole(simulator.url, await read('/_simulator/console.js'));
    await wallet.verify(created);
    const later = await readConsole(simulator.url, await read('/_simulator/console.js'));

    expect(early('registrations')).toMatch(/PENDING Anton Budiman BRI 6013012345672800 OTP Budi/);
    expect(later('registrations')).toMatch(/PENDING Budi Wallet 6281277770001 Approve Decline/);
    expect(early('bindings')).toContain(`BOUND Customer ${holder.phoneNo}`);
    expect(early('accounts')).toMatch(new RegExp(`${holder.phoneNo} Rp 8.234 wallet`));
    expect(early('payments')).toMatch(
      /PENDING .* Rp 5\.678 .*DOKU_WALLET.*Approve Decline Open page/,
    );
    expect(early('ledger')).toMatch(/top-up .* merchant:\S+ DOKU_WALLET:628\d+ \+Rp 1\.234/);
    expect(early('settings')).toContain('Wallet purchases are paid');
    expect(early('toast')).toBe('');
  });

  it('knows what there is to choose from, and no secret', async () => {
    const info = await read('/_simulator/info');

    expect(info).toContain('"otp":"999999"');
    expect(info).toContain('"cimb.createPayment"');
    expect(info).not.toContain('SK-not-to-be-shown');
  });

  it('is told of changes', async () => {
    const events = request(`${simulator.url}/_simulator/events`);
    const told = new Promise<void>((resolve) => {
      events.on('response', (stream) => {
        stream.setEncoding('utf8').on('data', (text: string) => {
          if (text.includes('data: changed')) resolve();
        });
        void new CimbShop(simulator.url).register();
      });
    });
    events.end();
    await told;
    events.destroy();
  });
});
