import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DokuModule } from 'nestjs-doku';

import { CatalogModule } from './catalog/catalog.module.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { ShopDokuOptions } from './doku/shop-doku-options.js';
import { EventsModule } from './events/events.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PageModule } from './page/page.module.js';
import { shopSettings } from './settings/shop-settings.js';
import { WalletRecordsModule } from './wallet/wallet-records.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, load: [shopSettings] }),
    // The live log listens to `doku.**`.
    EventEmitterModule.forRoot({ wildcard: true }),
    DokuModule.forRootAsync({
      isGlobal: true,
      imports: [WalletRecordsModule],
      useClass: ShopDokuOptions,
    }),
    CatalogModule,
    OrdersModule,
    CheckoutModule,
    EventsModule,
    DeliveryModule,
    PageModule,
  ],
})
export class AppModule {}
