import { Module } from '@nestjs/common';

import { OrdersModule } from '../orders/orders.module.js';
import { OneAtATime } from './one-at-a-time.js';
import { SnapPayments } from './snap-payments.service.js';

@Module({
  imports: [OrdersModule],
  providers: [OneAtATime, SnapPayments],
  exports: [OneAtATime, SnapPayments, OrdersModule],
})
export class PaymentsModule {}
