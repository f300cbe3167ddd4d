import { Module } from '@nestjs/common';

import { CardsModule } from '../cards/cards.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { CimbMethod } from './cimb.method.js';
import { CimbPaymentsController } from './cimb-payments.controller.js';
import { CimbPaymentsService } from './cimb-payments.service.js';

@Module({
  imports: [CardsModule, PaymentsModule],
  controllers: [CimbPaymentsController],
  providers: [CimbPaymentsService, CimbMethod],
  exports: [CimbMethod],
})
export class CimbModule {}
