import { beforeEach, expect, it } from '@jest/globals';

import type { DemoShop } from './demo-shop.js';
import { describePage } from './describe-page.js';
import type { ShopPage } from './shop-page.js';

describePage('The page of the demo shop', (stage) => {
  let shop: DemoShop;
  let reader: ShopPage;

  beforeEach(() => {
    ({ shop, reader } = stage());
  });

  it('sells: register a card, choose, pay, type the code, paid by notification', async () => {
    await reader.addCard();
    await reader.choose('Rattan basket');
    await reader.payButton.click();
    await reader.confirm('999999');

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    await reader.untilOrderIs('Paid');
    await reader.untilEvent('payment.succeeded');
    expect(await reader.events.textContent()).toContain('Rp\u00a0185.000');
    expect(shop.simulator.ledger.entries()).toMatchObject([{ kind: 'debit', amount: 185_000 }]);
  }, 60_000);

  it('does not call an order paid before the notification has come', async () => {
    await shop.tellSimulator('settings', { notifications: false });
    await reader.addCard();
    await reader.payButton.click();
    await reader.confirm('999999');

    await reader.untilCheckoutSays('Waiting for the bank’s confirmation');
    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('The bank says it is paid. Its confirmation is on the way.');
    expect(await reader.orders.textContent()).toContain('Confirming');

    await shop.tellSimulator('notifications/ntf-1/resend', {});
    await reader.untilCheckoutSays('Paid. Terima kasih!');
  }, 60_000);

  it('takes the right code after a wrong one, by keyboard alone', async () => {
    await reader.addCard();
    await reader.payButton.press('Enter');
    await reader.code.pressSequentially('123456');
    await reader.page.keyboard.press('Enter');

    await reader.alert.getByText('Wrong codes so far: 1').waitFor();
    // The field is empty and has the focus again.
    await reader.page.keyboard.type('999999');
    await reader.page.keyboard.press('Enter');

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('asks for a new code when the first has expired', async () => {
    await reader.addCard();
    await reader.payButton.click();
    await reader.code.waitFor();
    await shop.simulator.clock.advance(6 * 60_000);
    await reader.confirm('999999');

    await reader.alert.getByText('This code has expired').waitFor();
    await reader.button('Send a new code').click();
    await reader.untilCheckoutSays('A new code is on its way.');
    await reader.confirm('999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
  }, 60_000);

  it('gives back a part, and then the rest', async () => {
    await reader.addCard();
    await reader.payButton.click();
    await reader.confirm('999999');
    await reader.untilOrderIs('Paid');

    await reader.refund(30_000);
    await reader.untilOrderIs('Partly refunded');
    await reader.refund();
    await reader.untilOrderIs('Refunded');

    await reader.untilEvent('payment.refunded');
    expect(shop.simulator.ledger.entries()).toMatchObject([
      { kind: 'debit', amount: 90_000 },
      { kind: 'refund', amount: 30_000 },
      { kind: 'refund', amount: 60_000 },
    ]);
  }, 60_000);

  it('tells that the bank declined, and takes another card for the same order', async () => {
    await reader.addCard('760012340000');
    await reader.payButton.click();
    await reader.confirm('999999');

    await reader.alert.getByText('The bank declined the payment. Nothing was charged.').waitFor();
    await reader.untilOrderIs('Failed');
    await reader.untilEvent('payment.failed');
    expect(shop.simulator.ledger.entries()).toEqual([]);

    await reader.addCard('760012341111');
    await reader.page.getByRole('radio', { name: '1111' }).check();
    await reader.payButton.click();
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(await reader.orders.getByRole('listitem').count()).toBe(1);
  }, 60_000);

  it('charges nothing while the gateway is down, and sells afterwards', async () => {
    await reader.addCard();
    const { port } = new URL(shop.simulator.url);
    await shop.stopSimulator();
    await reader.payButton.click();

    await reader.alert.getByText('Nothing was charged, so you can try again.').waitFor();
    expect(shop.simulator.ledger.entries()).toEqual([]);

    const simulator = await shop.restartSimulator(Number(port));
    await reader.page.reload();
    await reader.addCard();
    await reader.payButton.click();
    await reader.confirm('999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('turns to paid by itself when the answer to the code got lost', async () => {
    await reader.addCard();
    await reader.payButton.click();
    await reader.code.waitFor();
    await shop.tellSimulator('settings', { notifications: false });
    await shop.breakNext({ operation: 'cimb.validatePaymentOtp', fault: 'drop-after-processing' });
    await reader.confirm('999999');

    await reader.alert.getByText('We do not know yet.').waitFor();
    expect(await reader.payButton.count()).toBe(0);
    await shop.tellSimulator('notifications/ntf-1/resend', {});
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('goes on with the same payment when the gateway hung without taking it', async () => {
    await reader.addCard();
    await shop.breakNext({ operation: 'cimb.createPayment', fault: 'hang' });
    await reader.payButton.click();
    await reader.alert.getByText('We do not know yet.').waitFor();

    // The page knows where it was.
    await reader.page.reload();
    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('The bank has not heard of this payment.');
    await reader.button('Continue this payment').click();
    await reader.confirm('999999');

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.debitedTwice()).toEqual([]);
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('finds the payment again that the gateway took and did not answer', async () => {
    await reader.addCard('760012341111');
    await shop.tellSimulator('settings', { notifications: false });
    await shop.breakNext({
      operation: 'cimb.createPayment',
      fault: 'drop-after-processing',
      times: 3,
    });
    await reader.payButton.click();
    await reader.alert.getByText('We do not know yet.').waitFor();
    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('The bank says it is paid.');

    await shop.tellSimulator('notifications/ntf-1/resend', {});
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.debitedTwice()).toEqual([]);
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('charges once for a button that is clicked twice', async () => {
    await reader.addCard('760012341111');
    await reader.payButton.dblclick();

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('forgets a card, and tells when one was declined at the bank', async () => {
    await reader.addCard();
    reader.page.on('dialog', (dialog) => void dialog.accept());
    await reader.button('Remove CIMB ···· 2800').click();
    await reader.page.getByText('No card yet.').waitFor();

    await reader.button('Add a CIMB card').click();
    await reader.button('Decline').click();
    await reader.page.getByText('it was declined at the bank').waitFor();
    await reader.page.getByText('No card yet.').waitFor();
  }, 60_000);

  it('says that the codes were wrong when the bank ends a payment for it', async () => {
    await reader.addCard();
    await reader.payButton.click();
    for (let wrong = 1; wrong <= 4; wrong += 1) {
      await reader.confirm('123456');
      await reader.alert.getByText(`Wrong codes so far: ${wrong}`).waitFor();
    }
    await reader.confirm('123456');

    await reader.alert.getByText('after several wrong codes').waitFor();
    await reader.untilOrderIs('Failed');
  }, 60_000);

  it('claims no saved card for an address that was typed by hand', async () => {
    await reader.page.goto(`${shop.url}/?registration=approved`);

    await reader.page.getByText('No card yet.').waitFor();
    expect(await reader.page.getByText('Your card is saved.').count()).toBe(0);
  }, 60_000);

  it('links an Allo account, shows its balance, and pays on Allo’s page', async () => {
    await reader.linkAllo();
    await reader.untilEvent('binding.succeeded');
    await reader.methods.getByText('Balance Rp\u00a01.000.000').waitFor();
    await reader.choose('Rattan basket');
    await reader.payButton.click();
    await reader.agreeAtAllo('Pay');

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    await reader.untilOrderIs('Paid');
    await reader.untilEvent('payment.succeeded');
    await reader.methods.getByText('Balance Rp\u00a0815.000').waitFor();
    expect(shop.simulator.ledger.entries()).toMatchObject([{ kind: 'debit', amount: 185_000 }]);

    await reader.refund(85_000);
    await reader.untilOrderIs('Partly refunded');
    await reader.methods.getByText('Balance Rp\u00a0900.000').waitFor();
    await reader.refund();
    await reader.untilOrderIs('Refunded');
  }, 60_000);

  it('does not believe the way back from Allo, only Allo', async () => {
    await shop.tellSimulator('settings', { notifications: false });
    await reader.linkAllo();
    await reader.payButton.click();
    await reader.page.getByLabel('OTP').waitFor();
    const [order] = (await shop.askSimulator('payments')) as readonly {
      readonly successUrl: string;
    }[];
    await reader.page.goto(order?.successUrl ?? '');

    await reader.untilCheckoutSays('Allo has not said yet that it is paid.');
    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('The bank waits for you on its page. Nothing is paid yet.');
    await reader.button('Go on at Allo').click();
    await reader.agreeAtAllo('Pay');
    await reader.untilCheckoutSays('Allo has not said yet that it is paid.');
    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('Paid. Terima kasih!');
  }, 60_000);

  it('tells that a payment was declined at Allo, and takes another way for the same order', async () => {
    await reader.linkAllo();
    await reader.payButton.click();
    await reader.button('Decline').click();

    await reader.alert.getByText('declined at Allo. Nothing was charged.').waitFor();
    await reader.untilOrderIs('Failed');
    await reader.payBy('KKI card');
    await reader.payByKki('99999999');
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(await reader.orders.getByRole('listitem').count()).toBe(1);
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('unlinks an Allo account, and links it again', async () => {
    await reader.linkAllo();
    reader.page.on('dialog', (dialog) => void dialog.accept());
    await reader.button('Unlink').click();
    await reader.methods.getByText('Link your account once').waitFor();
    await reader.untilCheckoutSays('Link your Allo account to pay with it.');

    await reader.button('Link my Allo account').click();
    await reader.button('Decline').click();
    await reader.page.getByText('Nothing is linked: it was declined at Allo.').waitFor();
    await reader.linkAllo();
  }, 60_000);

  it('says that an Allo account belongs to somebody else', async () => {
    await reader.linkAllo();
    const stranger = await stage().openPage();
    await stranger.payBy('Allo Bank');
    await stranger.button('Link my Allo account').click();

    await stranger.page
      .getByRole('alert')
      .getByText('linked to another customer. Unlink it there first')
      .waitFor();
  }, 60_000);

  it('pays with a KKI card after a wrong code, and remembers neither', async () => {
    await reader.payBy('KKI card');
    await reader.payByKki('12345678');
    await reader.alert.getByText('The bank did not accept this code.').waitFor();
    // The code is empty and has the focus; the card is still there.
    await reader.page.keyboard.type('99999999');
    await reader.page.keyboard.press('Enter');

    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
    expect(await reader.page.content()).not.toContain('9360');
    await reader.button('Buy something else').click();
    expect(await reader.page.getByLabel('Card number (CPAN)').inputValue()).toBe('');
  }, 60_000);

  it('takes the KKI card again when the gateway has not heard of the payment', async () => {
    await reader.payBy('KKI card');
    await shop.breakNext({ operation: 'kki.createPayment', fault: 'drop-before-processing' });
    await reader.payByKki('99999999');
    await reader.alert.getByText('We do not know yet.').waitFor();
    expect(await reader.payButton.count()).toBe(0);

    await reader.button('Check with the bank').click();
    await reader.untilCheckoutSays('The bank has not heard of this payment.');
    await reader.page.getByLabel('Card number (CPAN)').fill('9360001609987000000');
    await reader.page.getByLabel('Code from your bank’s app').fill('99999999');
    await reader.button('Send this payment again').click();
    await reader.untilCheckoutSays('Paid. Terima kasih!');
    expect(shop.simulator.ledger.entries()).toHaveLength(1);
  }, 60_000);

  it('keeps two browsers apart', async () => {
    await reader.addCard();
    const stranger = await stage().openPage();

    await stranger.page.getByText('No card yet.').waitFor();
    expect(await stranger.orders.textContent()).toContain('What you buy shows up here.');
  }, 60_000);
});
