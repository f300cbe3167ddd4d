import { Module } from '@nestjs/common';

import { OrdersModule } from '../orders/orders.module.js';
import { AlarmsListener } from './alarms.listener.js';
import { EventLog } from './event-log.js';
import { EventsController } from './events.controller.js';
import { LiveUpdates } from './live-updates.js';

@Module({
  imports: [OrdersModule],
  controllers: [EventsController],
  providers: [EventLog, AlarmsListener, LiveUpdates],
})
export class EventsModule {}
