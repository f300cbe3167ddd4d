import { beforeEach, expect, it } from '@jest/globals';

import type { DemoShop } from './demo-shop.js';
import { describePage } from './describe-page.js';
import type { ShopPage } from './shop-page.js';
import { WalletPage } from './wallet-page.js';

describePage('The wallet on the pages of the demo shop', (stage) => {
  let shop: DemoShop;
  let reader: ShopPage;
  let wallet: WalletPage;

  beforeEach(() => {
    ({ shop, reader } = stage());
    wallet = new WalletPage(reader.page, shop.url);
  });

  it('opens and links a wallet, fills it, buys from it, sends from it, and shows it all', async () => {
    await reader.payBy('DOKU Wallet');
    await reader.page.getByRole('link', { name: 'Set up my wallet' }).click();
    await wallet.setUp();
    await wallet.untilBalanceIs('1.000.000');

    await wallet.askTopUp(50_000);
    await wallet.topUp.getByText('The wallet of Budi Santoso').waitFor();
    await wallet.button('Top up Rp\u00a050.000').dblclick();
    await wallet.topUp.getByText('Rp\u00a050.000 is in your wallet.').waitFor();
    await wallet.untilBalanceIs('1.050.000');

    await wallet.askTransfer(25_000);
    await wallet.transfer.getByText('Budi Example, bank 014 ···· 7508').waitFor();
    await wallet.button('Send Rp\u00a025.000').click();
    await wallet.transfer.getByText('is on its way to the bank account.').waitFor();
    await wallet.untilBalanceIs('1.025.000');

    await reader.page.getByRole('link', { name: 'Buy something with it' }).click();
    await reader.payBy('DOKU Wallet');
    await reader.choose('Rattan basket');
    await reader.payButton.click();
    await wallet.typePin('Pay');
    // Back in the shop, which asks DOKU by itself.
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    await reader.untilOrderIs('Paid');
    await reader.methods.getByText('Balance Rp\u00a0840.000').waitFor();
    await reader.refund(85_000);
    await reader.untilOrderIs('Partly refunded');

    await wallet.open();
    await wallet.untilBalanceIs('925.000');
    const rows = wallet.history.getByRole('listitem');
    await rows.nth(3).waitFor();
    expect(await rows.allTextContents()).toEqual([
      expect.stringContaining('Refund+Rp\u00a085.000'),
      expect.stringContaining('Purchase−Rp\u00a0185.000'),
      expect.stringContaining('To a bank−Rp\u00a025.000'),
      expect.stringContaining('Top-up+Rp\u00a050.000'),
    ]);
  }, 90_000);

  it('turns the pages of the history', async () => {
    await wallet.setUp();
    for (let amount = 1_000; amount <= 6_000; amount += 1_000) {
      await wallet.askTopUp(amount);
      await wallet.topUp.getByRole('button', { name: 'Top up Rp' }).click();
      await wallet.button('Top up more').click();
    }
    await wallet.history.getByText('Page 1').waitFor();
    expect(await wallet.history.getByRole('listitem').count()).toBe(5);
    await wallet.button('Older').click();
    await wallet.history.getByText('Page 2').waitFor();
    expect(await wallet.history.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Rp\u00a01.000'),
    ]);
    await wallet.button('Newer').click();
    await wallet.history.getByText('Rp\u00a06.000').waitFor();
  }, 90_000);

  it('tells a wrong code from an expired one, and takes the code that comes next', async () => {
    await wallet.open();
    await wallet.button('Open a wallet').click();
    const problem = wallet.wallet.getByRole('alert');
    await wallet.confirm('123456');
    await problem.getByText('Wrong codes so far: 1.').waitFor();
    await shop.simulator.clock.advance(6 * 60_000);
    await wallet.confirm('999999');
    await problem.getByText('This code has expired.').waitFor();

    await wallet.button('Send a new code').click();
    await wallet.wallet.getByText('A new code is on its way.').waitFor();
    await wallet.confirm('999999');
    await wallet.typePin('Set PIN');
    await reader.page.getByText('Your wallet is open.').waitFor();
  }, 60_000);

  it('claims nothing that DOKU has not confirmed', async () => {
    await wallet.open();
    await wallet.button('Open a wallet').click();
    await wallet.confirm('999999');
    await wallet.button('Cancel').click();
    await reader.page.getByText('DOKU has not confirmed the PIN.').first().waitFor();

    await wallet.button('Begin again').click();
    await wallet.button('Open a wallet').click();
    await wallet.confirm('999999');
    await wallet.typePin('Set PIN');
    await wallet.button('Link my wallet').click();
    await wallet.button('Decline').click();
    await reader.page.getByText('DOKU has not confirmed the link.').first().waitFor();
    expect(await wallet.topUp.isVisible()).toBe(false);

    await wallet.button('Begin again').click();
    await wallet.button('Agree').click();
    await reader.page.getByText('Your wallet is linked.').waitFor();
  }, 60_000);

  it('asks what became of a transfer before anything is sent again', async () => {
    await wallet.setUp();
    await shop.breakNext({ operation: 'wallet.transferToBank', fault: 'drop-after-processing' });
    await wallet.askTransfer(25_000);
    await wallet.button('Send Rp\u00a025.000').click();
    await wallet.transfer.getByText('We do not know yet.').waitFor();
    expect(await wallet.transfer.getByRole('button', { name: /Send/ }).count()).toBe(0);

    // The page knows where it was.
    await reader.page.reload();
    await wallet.button('Check with DOKU').click();
    await wallet.transfer.getByText('is on its way to the bank account.').waitFor();
    await wallet.untilBalanceIs('975.000');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('says what is wrong with a transfer that cannot be, and moves nothing', async () => {
    await wallet.setUp();
    await wallet.askTransfer(25_000, '888801000150000');
    await wallet.transfer.getByRole('alert').getByText('no such account').waitFor();
    await wallet.askTransfer(2_500_000);
    await wallet.button('Send Rp\u00a02.500.000').click();
    await wallet.transfer.getByText('There is not enough money in the account.').waitFor();
    await wallet.untilBalanceIs('1.000.000');
    expect(shop.simulator.ledger.entries()).toEqual([]);
  }, 60_000);

  it('does not believe the way back from DOKU, only DOKU, and sells another way', async () => {
    await wallet.setUp();
    await reader.page.goto(shop.url);
    await reader.payBy('DOKU Wallet');
    await reader.payButton.click();
    await reader.page.getByLabel('PIN').waitFor();
    const [payment] = (await shop.askSimulator('payments')) as readonly {
      readonly successUrl: string;
    }[];
    await reader.page.goto(payment?.successUrl ?? '');

    await reader.untilCheckoutSays('The bank waits for you on its page. Nothing is paid yet.');
    await reader.button('Go on at DOKU').click();
    await reader.button('Decline').click();
    await reader.alert.getByText('The payment was not made at DOKU.').waitFor();
    await reader.untilOrderIs('Failed');
    await reader.payBy('KKI card');
    await reader.payByKki('99999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);
});
