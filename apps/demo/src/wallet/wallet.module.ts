import { Module } from '@nestjs/common';

import { PaymentsModule } from '../payments/payments.module.js';
import { TopUps } from './top-ups.js';
import { Transfers } from './transfers.js';
import { WalletAccountsController } from './wallet-accounts.controller.js';
import { WalletAccountsService } from './wallet-accounts.service.js';
import { WalletHistory } from './wallet-history.service.js';
import { WalletMovesController } from './wallet-moves.controller.js';
import { WalletMovesListener } from './wallet-moves.listener.js';
import { WalletMoves } from './wallet-moves.service.js';
import { WalletOnboarding } from './wallet-onboarding.service.js';
import { WalletPaymentsController } from './wallet-payments.controller.js';
import { WalletPayments } from './wallet-payments.service.js';
import { WalletRecordsModule } from './wallet-records.module.js';
import { WalletReturnController } from './wallet-return.controller.js';

@Module({
  imports: [PaymentsModule, WalletRecordsModule],
  controllers: [
    WalletAccountsController,
    WalletMovesController,
    WalletPaymentsController,
    WalletReturnController,
  ],
  providers: [
    WalletAccountsService,
    WalletOnboarding,
    WalletHistory,
    TopUps,
    Transfers,
    WalletMovesListener,
    WalletMoves,
    WalletPayments,
  ],
  exports: [WalletPayments],
})
export class WalletModule {}
