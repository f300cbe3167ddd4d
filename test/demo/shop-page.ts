import type { Locator, Page } from 'playwright-core';

/** The shop's page in the words of its reader. */
export class ShopPage {
  readonly payButton: Locator;
  readonly code: Locator;
  readonly briCode: Locator;
  readonly alert: Locator;
  readonly methods: Locator;
  readonly checkout: Locator;
  readonly orders: Locator;
  readonly events: Locator;
  readonly deadLetters: Locator;

  constructor(readonly page: Page) {
    this.payButton = page.getByRole('button', { name: /^Pay Rp/ });
    this.code = page.getByLabel('Code that your bank sent you');
    this.briCode = page.getByLabel('Code that BRI sent you');
    this.methods = page.getByRole('region', { name: 'How to pay' });
    this.checkout = page.getByRole('region', { name: 'Pay' });
    this.alert = this.checkout.getByRole('alert');
    this.orders = page.getByRole('region', { name: 'Your orders' });
    this.events = page.getByRole('region', { name: 'Events' });
    this.deadLetters = page.getByRole('region', { name: 'Dead letters' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Adds a card by clicking through the bank's page, and comes back. */
  async addCard(accountNo?: string): Promise<void> {
    const adding = this.page.getByText('Add another card');
    await this.button('Add a CIMB card').or(adding).first().waitFor();
    if (await adding.isVisible()) await adding.click();
    await this.button('Add a CIMB card').click();
    const account = this.page.getByLabel('Account number');
    if (accountNo !== undefined) await account.fill(accountNo);
    await this.button('Approve').click();
    await this.page.getByText('Your card is saved.').waitFor();
    await this.payButton.waitFor();
  }

  /** Types the number of a BRI card; BRI sends a code. */
  async beginBriCard(cardNumber = '6013 0123 4567 2800'): Promise<void> {
    await this.payBy('BRI card');
    await this.page.getByLabel('Number of your BRI card').fill(cardNumber);
    await this.button('Add a BRI card').click();
    await this.briCode.waitFor();
  }

  async confirmBriCard(code: string): Promise<void> {
    await this.briCode.fill(code);
    await this.button('Save this card').click();
  }

  /** Saves a BRI card with BRI's code, and leaves it chosen. */
  async addBriCard(): Promise<void> {
    await this.beginBriCard();
    await this.confirmBriCard('999999');
    await this.payButton.waitFor();
  }

  /** Links an Allo account by clicking through the bank's page, and comes back. */
  async linkAllo(): Promise<void> {
    await this.payBy('Allo Bank');
    await this.button('Link my Allo account').click();
    await this.agreeAtAllo('Approve');
    await this.page.getByText('Your Allo account is linked.').waitFor();
    await this.payButton.waitFor();
  }

  /** On the bank's page. */
  async agreeAtAllo(button: 'Approve' | 'Pay'): Promise<void> {
    await this.page.getByLabel('OTP').fill('999999');
    await this.page.getByLabel('PIN').fill('123456');
    await this.button(button).click();
  }

  async payBy(
    method: 'CIMB card' | 'BRI card' | 'Allo Bank' | 'KKI card' | 'DOKU Wallet',
  ): Promise<void> {
    await this.page.getByRole('radio', { name: method, exact: true }).check();
  }

  async payByKki(code: string): Promise<void> {
    const card = this.page.getByLabel('Card number (CPAN)');
    if ((await card.inputValue()) === '') await card.fill('9360 0016 0998 7000 000');
    await this.page.getByLabel('Code from your bank’s app').fill(code);
    await this.payButton.click();
  }

  async choose(product: string): Promise<void> {
    await this.page.getByRole('radio', { name: product }).check();
  }

  async confirm(code: string): Promise<void> {
    await this.code.fill(code);
    await this.button('Confirm payment').click();
  }

  /** Waits until the checkout panel says so. */
  async untilCheckoutSays(text: string): Promise<void> {
    await this.checkout.getByText(text).first().waitFor();
  }

  async untilOrderIs(status: string): Promise<void> {
    await this.orders.getByText(status, { exact: true }).waitFor();
  }

  async untilEvent(type: string): Promise<void> {
    await this.events.getByText(type, { exact: true }).first().waitFor();
  }

  async refund(rupiah?: number): Promise<void> {
    await this.button('Refund …').click();
    const amount = this.page.getByLabel('Rupiah to give back');
    if (rupiah !== undefined) await amount.fill(String(rupiah));
    await this.button('Refund').click();
  }
}
