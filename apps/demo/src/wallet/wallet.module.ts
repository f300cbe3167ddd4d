import { Module } from '@nestjs/common';

import { PaymentsModule } from '../payments/payments.module.js';
import { TopUps } from './top-ups.js';
import { Transfers } from './transfers.js';
import { WalletAccountsController } from './wallet-accounts.controller.js';
import { WalletAccountsService } from './wallet-accounts.service.js';
import { WalletAccountsStore } from './wallet-accounts.store.js';
import { WalletHistory } from './wallet-history.service.js';
import { WalletMovesController } from './wallet-moves.controller.js';
import { WalletMoves } from './wallet-moves.service.js';
import { WalletMovesStore } from './wallet-moves.store.js';
import { WalletOnboarding } from './wallet-onboarding.service.js';
import { WalletPaymentsController } from './wallet-payments.controller.js';
import { WalletPayments } from './wallet-payments.service.js';
import { WalletReturnController } from './wallet-return.controller.js';

@Module({
  imports: [PaymentsModule],
  controllers: [
    WalletAccountsController,
    WalletMovesController,
    WalletPaymentsController,
    WalletReturnController,
  ],
  providers: [
    WalletAccountsStore,
    WalletAccountsService,
    WalletOnboarding,
    WalletHistory,
    TopUps,
    Transfers,
    WalletMovesStore,
    WalletMoves,
    WalletPayments,
  ],
  exports: [WalletPayments],
})
export class WalletModule {}
