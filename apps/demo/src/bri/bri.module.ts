import { Module } from '@nestjs/common';

import { CardsModule } from '../cards/cards.module.js';
import { BriBank } from './bri.bank.js';
import { BriCardsController } from './bri-cards.controller.js';
import { BriMethod } from './bri.method.js';
import { BriPaymentsController } from './bri-payments.controller.js';
import { BriRegistrations } from './bri-registrations.service.js';

@Module({
  imports: [CardsModule],
  controllers: [BriCardsController, BriPaymentsController],
  providers: [BriBank, BriRegistrations, BriMethod],
  exports: [BriMethod],
})
export class BriModule {}
