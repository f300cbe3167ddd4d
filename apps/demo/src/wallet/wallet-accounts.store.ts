import { Injectable } from '@nestjs/common';

import type { WalletAccount } from './wallet-account.js';

/** Wallets by customer, in memory. A real shop has a table here. */
@Injectable()
export class WalletAccountsStore {
  private readonly accounts = new Map<string, WalletAccount>();

  of(customerId: string): WalletAccount | undefined {
    return this.accounts.get(customerId);
  }

  save(account: WalletAccount): void {
    this.accounts.set(account.customerId, account);
  }

  /**
   * Replaces an account by what came of it, unless it is another by now: a page that was open for long must
   * not undo what was done since.
   */
  advance(from: WalletAccount, to: WalletAccount | undefined): void {
    if (this.accounts.get(from.customerId) !== from) return;
    if (to) this.accounts.set(to.customerId, to);
    else this.accounts.delete(from.customerId);
  }
}
