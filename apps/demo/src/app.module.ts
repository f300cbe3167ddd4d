import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DokuModule } from 'nestjs-doku';

import { CatalogModule } from './catalog/catalog.module.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { EventsModule } from './events/events.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PageModule } from './page/page.module.js';
import { type ShopSettings, shopSettings } from './settings/shop-settings.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, load: [shopSettings] }),
    // The live log listens to `doku.**`.
    EventEmitterModule.forRoot({ wildcard: true }),
    DokuModule.forRootAsync({
      isGlobal: true,
      inject: [ConfigService],
      useFactory: (config: ConfigService<{ shop: ShopSettings }, true>) => {
        const settings = config.get('shop', { infer: true });
        return {
          baseUrl: settings.dokuBaseUrl,
          clientId: settings.dokuClientId,
          secretKey: settings.dokuSecretKey,
          privateKey: settings.merchantPrivateKey,
          dokuPublicKey: settings.dokuPublicKey,
          authCodeSecretKey: settings.authCodeSecretKey,
          http: { timeoutMs: settings.dokuTimeoutMs },
        };
      },
    }),
    CatalogModule,
    OrdersModule,
    CheckoutModule,
    EventsModule,
    PageModule,
  ],
})
export class AppModule {}
