import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DokuHealthIndicator } from 'nestjs-doku/health';

import { Bookkeeping } from '../bookkeeping/bookkeeping.js';
import { BookkeepingController } from '../bookkeeping/bookkeeping.controller.js';
import { DeadLettersController } from '../dead-letters/dead-letters.controller.js';
import { DeadLetterDesk } from '../dead-letters/dead-letter-desk.js';
import { OrdersModule } from '../orders/orders.module.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryStatus } from './delivery-status.js';
import { DurableDelivery } from './durable-delivery.js';

/** For the shop's staff: how events are delivered, and what was given up. A real shop has a login before it. */
@Module({
  imports: [OrdersModule, TerminusModule],
  controllers: [DeliveryController, DeadLettersController, BookkeepingController],
  providers: [DokuHealthIndicator, DeliveryStatus, DurableDelivery, DeadLetterDesk, Bookkeeping],
})
export class DeliveryModule {}
