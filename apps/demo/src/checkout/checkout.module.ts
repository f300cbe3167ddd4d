import { Module } from '@nestjs/common';

import { CardsModule } from '../cards/cards.module.js';
import { OrdersModule } from '../orders/orders.module.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutService } from './checkout.service.js';
import { OneAtATime } from './one-at-a-time.js';
import { RefundsService } from './refunds.service.js';
import { StatusCheckService } from './status-check.service.js';

@Module({
  imports: [CardsModule, OrdersModule],
  controllers: [CheckoutController],
  providers: [CheckoutService, OneAtATime, RefundsService, StatusCheckService],
})
export class CheckoutModule {}
