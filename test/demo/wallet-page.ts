import type { Locator, Page } from 'playwright-core';

/** The wallet's page in the words of its reader. */
export class WalletPage {
  readonly wallet: Locator;
  readonly topUp: Locator;
  readonly transfer: Locator;
  readonly history: Locator;
  readonly code: Locator;

  constructor(
    readonly page: Page,
    private readonly shopUrl: string,
  ) {
    this.wallet = page.getByRole('region', { name: 'Your DOKU Wallet' });
    this.topUp = page.getByRole('region', { name: 'Top up' });
    this.transfer = page.getByRole('region', { name: 'Send to a bank' });
    this.history = page.getByRole('region', { name: 'History' });
    this.code = page.getByLabel('Code that DOKU sent');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.shopUrl}/wallet`);
  }

  async confirm(code: string): Promise<void> {
    await this.code.fill(code);
    await this.button('Go on').click();
  }

  /** On DOKU's page. */
  async typePin(button: 'Set PIN' | 'Pay', pin = '123456'): Promise<void> {
    await this.page.getByLabel('PIN').fill(pin);
    await this.button(button).click();
  }

  /** Opens a wallet and links it, by clicking through DOKU's pages. */
  async setUp(): Promise<void> {
    await this.open();
    await this.button('Open a wallet').click();
    await this.confirm('999999');
    await this.typePin('Set PIN');
    await this.page.getByText('Your wallet is open.').waitFor();
    await this.button('Link my wallet').click();
    await this.button('Agree').click();
    await this.page.getByText('Your wallet is linked.').waitFor();
  }

  async untilBalanceIs(rupiah: string): Promise<void> {
    await this.wallet.getByText(`Rp\u00a0${rupiah}`, { exact: true }).waitFor();
  }

  /** Says what to top up, and goes on to confirm it. */
  async askTopUp(rupiah: number): Promise<void> {
    await this.topUp.getByLabel('Rupiah').fill(String(rupiah));
    await this.topUp.getByRole('button', { name: 'Continue' }).click();
  }

  /** Says what to transfer and where, and goes on to confirm it. */
  async askTransfer(rupiah: number, accountNumber = '888801000157508'): Promise<void> {
    await this.transfer.getByLabel('Account number').fill(accountNumber);
    await this.transfer.getByLabel('Rupiah').fill(String(rupiah));
    await this.transfer.getByRole('button', { name: 'Continue' }).click();
  }
}
