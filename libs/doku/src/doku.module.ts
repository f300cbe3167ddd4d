import { HttpModule } from '@nestjs/axios';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { ChannelNames } from './channels/channel-names.js';
import { CHANNEL_SERVICES } from './channels/channels.js';
import { DOKU_HEALTH } from './health/health-report.js';
import { HealthReporter } from './health/health-reporter.js';
import { CallRunner } from './http/call-runner.js';
import { DokuDeadLetterService } from './dead-letters/doku-dead-letter.service.js';
import { DokuClient } from './http/doku-client.js';
import { DokuClock } from './http/doku-clock.js';
import { dokuHttpOptions } from './http/doku-http-options.js';
import { DokuTransport } from './http/doku-transport.js';
import type {
  DokuModuleAsyncOptions,
  DokuModuleExtras,
  DokuModuleOptions,
} from './options/doku-module-options.js';
import { DokuOptionsModule } from './options/doku-options.module.js';
import { DELIVERY_PROVIDERS } from './notifications/delivery.providers.js';
import { InboundTokens } from './notifications/inbound-tokens.js';
import { NonSnapNotificationReceiver } from './notifications/non-snap-notification.receiver.js';
import { NotificationEndpoint } from './notifications/notification.endpoint.js';
import { NotificationIntake } from './notifications/notification-intake.js';
import { SnapNotificationReceiver } from './notifications/snap-notification.receiver.js';
import { SnapTokenReceiver } from './notifications/snap-token.receiver.js';
import { DokuReconciler } from './reconciliation/doku-reconciler.js';
import { RECONCILIATION_PROVIDERS } from './reconciliation/reconciliation.providers.js';
import { SigningInterceptor } from './signing/signing.interceptor.js';
import { AccountAuthCodes } from './tokens/account-auth-codes.js';
import { DokuAccessTokenService } from './tokens/doku-access-token.service.js';
import { TokenKeeper } from './tokens/token-keeper.js';
import { TokenRequester } from './tokens/token-requester.js';

/** Entry point: the services of all channels, and the routes that DOKU calls. */
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

const CALLS = [SigningInterceptor, DokuTransport, DokuClock, CallRunner, DokuClient];

const TOKENS = [AccountAuthCodes, TokenRequester, TokenKeeper, DokuAccessTokenService];

const NOTIFICATIONS = [
  ChannelNames,
  ...DELIVERY_PROVIDERS,
  DokuDeadLetterService,
  NotificationIntake,
  InboundTokens,
  NonSnapNotificationReceiver,
  SnapTokenReceiver,
  SnapNotificationReceiver,
  NotificationEndpoint,
  { provide: DOKU_HEALTH, useClass: HealthReporter },
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
      ...CALLS,
      ...TOKENS,
      ...CHANNEL_SERVICES,
      ...NOTIFICATIONS,
      ...RECONCILIATION_PROVIDERS,
    ],
    exports: [
      DokuClient,
      DokuAccessTokenService,
      DokuDeadLetterService,
      DokuReconciler,
      ...CHANNEL_SERVICES,
    ],
  };
}
