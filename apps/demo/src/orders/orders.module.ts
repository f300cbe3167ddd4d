import { Module } from '@nestjs/common';

import { OrdersListener } from './orders.listener.js';
import { OrdersStore } from './orders.store.js';

@Module({ providers: [OrdersStore, OrdersListener], exports: [OrdersStore] })
export class OrdersModule {}
