import { Module } from '@nestjs/common';

import { CardsModule } from '../cards/cards.module.js';
import { CimbBank } from './cimb.bank.js';
import { CimbCardsController } from './cimb-cards.controller.js';
import { CimbMethod } from './cimb.method.js';
import { CimbPaymentsController } from './cimb-payments.controller.js';
import { CimbRegistrations } from './cimb-registrations.service.js';

@Module({
  imports: [CardsModule],
  controllers: [CimbCardsController, CimbPaymentsController],
  providers: [CimbBank, CimbRegistrations, CimbMethod],
  exports: [CimbMethod],
})
export class CimbModule {}
