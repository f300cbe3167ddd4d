import { HttpStatus, Injectable } from '@nestjs/common';
import { type DokuCallOptions, DokuWalletService } from 'nestjs-doku';

import { maskedPhone } from '../customers/masked-phone.js';
import { isCustomerRefused } from '../errors/customer-refused.js';
import { isDokuError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { wholeRupiah } from '../orders/rupiah.js';
import type { WalletAccount, WalletView } from './wallet-account.js';
import { WalletAccountsStore } from './wallet-accounts.store.js';

/** How customers' wallets stand, and calls to DOKU on their owners' behalf. */
@Injectable()
export class WalletAccountsService {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly accounts: WalletAccountsStore,
  ) {}

  /** The wallet with its balance, and with what DOKU confirms of what a browser said. */
  async look(customerId: string): Promise<WalletView> {
    const account = this.accounts.of(customerId);
    if (account?.stage === 'pin') await this.confirmOpened(account);
    if (account?.stage === 'linking') await this.confirmLinked(account);
    if (this.accounts.of(customerId)?.stage !== 'linked') return this.view(customerId);
    try {
      return this.view(customerId, await this.readBalance(customerId));
    } catch (error) {
      if (isNotLinked(error)) return this.view(customerId);
      throw error;
    }
  }

  /**
   * @returns whole rupiah; `undefined` when DOKU's answer cannot be understood
   * @throws ShopError when the wallet is not linked, or not any more
   */
  async readBalance(customerId: string): Promise<number | undefined> {
    const { accountInfos } = await this.call(customerId, (options) =>
      this.wallet.inquireBalance({}, options),
    );
    // Of several balances none is taken on a guess: DOKU does not document their types.
    const cash =
      accountInfos.find(({ balanceType }) => balanceType === 'Cash') ??
      (accountInfos.length === 1 ? accountInfos[0] : undefined);
    return wholeRupiah(cash?.availableBalance?.value);
  }

  /** @throws ShopError when the customer has linked no wallet, or DOKU takes the link no more */
  async call<Result>(
    customerId: string,
    make: (options: DokuCallOptions, phone: string) => Promise<Result>,
  ): Promise<Result> {
    const account = this.accounts.of(customerId);
    if (account?.stage !== 'linked') throw notLinked();
    const { accountId, phone } = account;
    try {
      return await make({ customer: { accountId } }, phone);
    } catch (error) {
      if (!isCustomerRefused(error)) throw error;
      this.accounts.advance(account, {
        stage: 'open',
        customerId,
        phone,
        accountId,
        hasEnded: true,
      });
      throw notLinked();
    }
  }

  private async confirmOpened(account: Extract<WalletAccount, { stage: 'pin' }>): Promise<void> {
    const { claimedId, customerId, phone, reference } = account;
    if (claimedId === undefined) return;
    try {
      await this.wallet.inquireAccount({ additionalInfo: { accountId: claimedId } });
    } catch (error) {
      if (!isDokuError(error) || error.code !== 'refused') throw error;
      this.accounts.advance(account, { stage: 'pin', customerId, phone, reference });
      return;
    }
    this.accounts.advance(account, {
      stage: 'open',
      customerId,
      phone,
      accountId: claimedId,
      hasEnded: false,
    });
  }

  /**
   * Only DOKU's word counts: that the account has the very link that this customer began. An account that
   * somebody claims without owning it never gets there: its owner would have to agree, and come back in that
   * customer's browser.
   */
  private async confirmLinked(
    account: Extract<WalletAccount, { stage: 'linking' }>,
  ): Promise<void> {
    const { accountId, linkId, customerId, phone, hasReturned } = account;
    if (!hasReturned) return;
    const { additionalInfo } = await this.wallet.inquireAccount({ additionalInfo: { accountId } });
    if (additionalInfo?.linkId !== linkId) return;
    this.accounts.advance(account, { stage: 'linked', customerId, phone, accountId, linkId });
  }

  private view(customerId: string, balance?: number): WalletView {
    const account = this.accounts.of(customerId);
    return {
      state: account?.stage ?? 'none',
      phone: account ? maskedPhone(account.phone) : null,
      balance: balance ?? null,
      wrongCodes: account?.stage === 'code' ? account.wrongCodes : 0,
      hasEnded: account?.stage === 'open' && account.hasEnded,
    };
  }
}

function isNotLinked(error: unknown): boolean {
  return error instanceof ShopError && error.code === 'account-not-linked';
}

function notLinked(): ShopError {
  return new ShopError(
    'account-not-linked',
    HttpStatus.CONFLICT,
    'No DOKU Wallet is linked. Link yours first; nothing was charged.',
  );
}
