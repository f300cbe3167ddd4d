import type { Locator, Page } from 'playwright-core';

/** The shop's page in the words of its reader. */
export class ShopPage {
  readonly payButton: Locator;
  readonly code: Locator;
  readonly alert: Locator;
  readonly checkout: Locator;
  readonly orders: Locator;
  readonly events: Locator;

  constructor(readonly page: Page) {
    this.payButton = page.getByRole('button', { name: /^Pay Rp/ });
    this.code = page.getByLabel('Code that your bank sent you');
    this.checkout = page.getByRole('region', { name: 'Pay' });
    this.alert = this.checkout.getByRole('alert');
    this.orders = page.getByRole('region', { name: 'Your orders' });
    this.events = page.getByRole('region', { name: 'Events' });
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
