import { Module } from '@nestjs/common';

import { OrdersModule } from '../orders/orders.module.js';
import { WalletAccountsStore } from './wallet-accounts.store.js';
import { WalletMovesStore } from './wallet-moves.store.js';
import { WalletOwners } from './wallet-owners.js';

/** What the shop knows of wallets. Calls nobody, so that `DokuModule` itself can ask it. */
@Module({
  imports: [OrdersModule],
  providers: [WalletAccountsStore, WalletMovesStore, WalletOwners],
  exports: [WalletAccountsStore, WalletMovesStore, WalletOwners],
})
export class WalletRecordsModule {}
