import { Module } from '@nestjs/common';

import { PaymentsModule } from '../payments/payments.module.js';
import { AlloListener } from './allo.listener.js';
import { AlloAccountsController } from './allo-accounts.controller.js';
import { AlloAccountsService } from './allo-accounts.service.js';
import { AlloAccountsStore } from './allo-accounts.store.js';
import { AlloPaymentsController } from './allo-payments.controller.js';
import { AlloPaymentsService } from './allo-payments.service.js';

@Module({
  imports: [PaymentsModule],
  controllers: [AlloAccountsController, AlloPaymentsController],
  providers: [AlloAccountsStore, AlloAccountsService, AlloListener, AlloPaymentsService],
  exports: [AlloPaymentsService],
})
export class AlloModule {}
