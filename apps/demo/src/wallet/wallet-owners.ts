import { Injectable } from '@nestjs/common';
import type { DokuCustomer } from 'nestjs-doku';

import { OrdersStore } from '../orders/orders.store.js';
import { WalletAccountsStore } from './wallet-accounts.store.js';
import { WalletMovesStore } from './wallet-moves.store.js';

/** Knows whose wallet a call was about, for questions to DOKU that nobody sits in front of. */
@Injectable()
export class WalletOwners {
  constructor(
    private readonly orders: OrdersStore,
    private readonly moves: WalletMovesStore,
    private readonly accounts: WalletAccountsStore,
  ) {}

  /**
   * @param reference of an attempt to pay, a top-up or a transfer
   * @returns `undefined` for what is not the shop's, and for a wallet that is no longer linked
   */
  find(reference: string): DokuCustomer | undefined {
    const owned = this.moves.find(reference) ?? this.orders.findForDoku(reference);
    const account = owned && this.accounts.of(owned.customerId);
    return account?.stage === 'linked' ? { accountId: account.accountId } : undefined;
  }
}
