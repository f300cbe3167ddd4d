import { Module } from '@nestjs/common';

import { PaymentsModule } from '../payments/payments.module.js';
import { KkiPaymentsController } from './kki-payments.controller.js';
import { KkiPaymentsService } from './kki-payments.service.js';

@Module({
  imports: [PaymentsModule],
  controllers: [KkiPaymentsController],
  providers: [KkiPaymentsService],
  exports: [KkiPaymentsService],
})
export class KkiModule {}
