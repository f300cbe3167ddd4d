import { beforeEach, expect, it } from '@jest/globals';

import type { DemoShop } from './demo-shop.js';
import { describePage } from './describe-page.js';
import type { ShopPage } from './shop-page.js';

describePage('BRI on the page of the demo shop', (stage) => {
  let shop: DemoShop;
  let reader: ShopPage;

  beforeEach(() => {
    ({ shop, reader } = stage());
  });

  it('saves a card with the code typed in the shop, pays with another, and then without', async () => {
    await reader.addBriCard();
    await reader.page.getByText('Your card is saved.').waitFor();
    await reader.choose('Rattan basket');
    await reader.payButton.click();
    await reader.untilCheckoutSays('After 5 wrong codes in all BRI blocks the card for 24 hours.');
    await reader.confirm('999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    await reader.untilEvent('payment.succeeded');

    await reader.button('Buy something else').click();
    await reader.page.getByRole('checkbox', { name: 'Charge without a code' }).check();
    await reader.payButton.click();
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toMatchObject([
      { operation: 'bri.validatePaymentOtp', amount: 185_000 },
      { operation: 'bri.createRecurringPayment', amount: 185_000 },
    ]);
    // BRI gives nothing back.
    expect(await reader.button('Refund …').count()).toBe(0);
    expect(await reader.page.content()).not.toContain('6013 0123');
  }, 60_000);

  it('tells wrong, expired and blocked codes of a card apart', async () => {
    await reader.beginBriCard();
    const problem = reader.methods.getByRole('alert');
    await reader.confirmBriCard('123456');
    await problem.getByText('Wrong codes so far: 1. After 5 wrong codes').waitFor();

    await shop.simulator.clock.advance(6 * 60_000);
    await reader.confirmBriCard('999999');
    await problem.getByText('This code has expired.').waitFor();
    await reader.button('Send a new code').click();
    await reader.methods.getByText('A new code is on its way.').waitFor();

    for (let wrong = 2; wrong <= 5; wrong += 1) {
      await reader.confirmBriCard('123456');
      await problem.getByText(`Wrong codes so far: ${wrong}.`).waitFor();
    }
    await reader.confirmBriCard('999999');
    await problem.getByText('BRI has blocked this card for 24 hours.').waitFor();
    expect(await reader.briCode.count()).toBe(0);
  }, 60_000);

  it('says that BRI blocked the card when it ends a payment, and takes another way', async () => {
    await reader.addBriCard();
    await reader.payButton.click();
    for (let wrong = 1; wrong <= 4; wrong += 1) {
      await reader.confirm('123456');
      await reader.alert.getByText(`Wrong codes so far: ${wrong}.`).waitFor();
    }
    await reader.confirm('123456');

    await reader.alert.getByText('BRI has blocked the card for 24 hours').waitFor();
    await reader.untilOrderIs('Failed');
    await reader.payBy('KKI card');
    await reader.payByKki('99999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);
});
