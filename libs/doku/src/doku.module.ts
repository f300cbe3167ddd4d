import { HttpModule } from '@nestjs/axios';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { CHANNEL_SERVICES } from './channels/channels.js';
import { DokuClient } from './http/doku-client.js';
import { dokuHttpOptions } from './http/doku-http-options.js';
import { DokuTransport } from './http/doku-transport.js';
import type {
  DokuModuleAsyncOptions,
  DokuModuleExtras,
  DokuModuleOptions,
} from './options/doku-module-options.js';
import { DokuOptionsModule } from './options/doku-options.module.js';
import { EventEmitterMirror } from './notifications/event-emitter-mirror.js';
import { InlineDelivery } from './notifications/inline-delivery.js';
import { ListenerRegistry } from './notifications/listener.registry.js';
import { NonSnapNotificationReceiver } from './notifications/non-snap-notification.receiver.js';
import { NotificationEndpoint } from './notifications/notification.endpoint.js';
import { SigningInterceptor } from './signing/signing.interceptor.js';

/** Entry point: the services of all channels, and the route that takes in DOKU's notifications. */
@Module({})
export class DokuModule {
  /** @throws DokuConfigurationError while the app starts, naming the option and what to change */
  static forRoot(options: DokuModuleOptions & DokuModuleExtras): DynamicModule {
    return assemble(DokuOptionsModule.forRoot(options), options);
  }

  /** As `forRoot`, with options from a factory or a class, such as one that reads `ConfigService`. */
  static forRootAsync(options: DokuModuleAsyncOptions): DynamicModule {
    return assemble(DokuOptionsModule.forRootAsync(options), options);
  }
}

const NOTIFICATIONS = [
  ListenerRegistry,
  EventEmitterMirror,
  InlineDelivery,
  NonSnapNotificationReceiver,
  NotificationEndpoint,
];

function assemble(
  optionsModule: DynamicModule,
  { isGlobal = false }: DokuModuleExtras,
): DynamicModule {
  return {
    module: DokuModule,
    global: isGlobal,
    imports: [
      optionsModule,
      DiscoveryModule,
      // A registration of our own, so that signing never touches the app's requests.
      HttpModule.registerAsync({ useFactory: dokuHttpOptions }),
    ],
    providers: [
      SigningInterceptor,
      DokuTransport,
      DokuClient,
      ...CHANNEL_SERVICES,
      ...NOTIFICATIONS,
    ],
    exports: [DokuClient, ...CHANNEL_SERVICES],
  };
}
