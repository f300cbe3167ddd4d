import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ConsoleController } from './console/console.controller.js';
import { DokuKeyController } from './api/doku-key.controller.js';
import { ClockController } from './api/clock.controller.js';
import { EventsController } from './api/events.controller.js';
import { FaultsController } from './api/faults.controller.js';
import { InfoController } from './api/info.controller.js';
import { NotificationsController } from './api/notifications.controller.js';
import { RegistrationsController } from './api/registrations.controller.js';
import { RequestsController } from './api/requests.controller.js';
import { SettingsController } from './api/settings.controller.js';
import { StateController } from './api/state.controller.js';
import { CardBook } from './bank/card-book.js';
import { Ledger } from './bank/ledger.js';
import { PaymentBook } from './bank/payment-book.js';
import { CimbCards } from './channels/cimb/cimb.cards.js';
import { CimbController } from './channels/cimb/cimb.controller.js';
import { CimbPayments } from './channels/cimb/cimb.payments.js';
import { CimbRefunds } from './channels/cimb/cimb.refunds.js';
import { CimbRegistrationController } from './channels/cimb/cimb-registration.controller.js';
import { CimbRegistrations } from './channels/cimb/cimb-registrations.js';
import { AnswerSender } from './engine/answer-sender.js';
import { CallChecks } from './engine/call-checks.js';
import { ChangeFeed } from './engine/change-feed.js';
import { FaultBook } from './engine/faults.js';
import { Gateway } from './engine/gateway.js';
import { IdempotencyStore } from './engine/idempotency.js';
import { MerchantDirectory } from './engine/merchants.js';
import { OperationCatalogue } from './engine/operation-catalogue.js';
import { PublicAddress } from './engine/public-address.js';
import { RequestRecorder } from './engine/request-recorder.js';
import { Settings } from './engine/settings.js';
import { Shutdown } from './engine/shutdown.js';
import { SimulatorClock } from './engine/simulator-clock.js';
import { UnknownRouteFilter } from './engine/unknown-route.filter.js';
import { NotificationOutbox } from './notifications/notification-outbox.js';
import { NotificationSender } from './notifications/notification-sender.js';
import { OrdersController } from './orders/orders.controller.js';
import { DOKU_PUBLIC_KEY } from './simulator.tokens.js';
import type { ResolvedOptions } from './simulator-options.js';

const ENGINE = [
  AnswerSender,
  CallChecks,
  ChangeFeed,
  FaultBook,
  Gateway,
  IdempotencyStore,
  OperationCatalogue,
  RequestRecorder,
  Settings,
  NotificationOutbox,
  NotificationSender,
];

const BANK = [CardBook, PaymentBook];

const CHANNELS = {
  controllers: [CimbController, CimbRegistrationController, OrdersController],
  providers: [CimbCards, CimbPayments, CimbRefunds, CimbRegistrations],
};

const JSON_API = [
  ClockController,
  DokuKeyController,
  EventsController,
  FaultsController,
  InfoController,
  NotificationsController,
  RegistrationsController,
  RequestsController,
  SettingsController,
  StateController,
];

/** Puts the simulator together; no logic. */
@Module({})
export class SimulatorModule {
  static forOptions(options: ResolvedOptions): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [...CHANNELS.controllers, ...JSON_API, ConsoleController],
      providers: [
        ...ENGINE,
        ...BANK,
        ...CHANNELS.providers,
        // Plain classes, whose instances `DokuSimulator` hands out or that need no injection.
        { provide: SimulatorClock, useValue: new SimulatorClock() },
        { provide: Ledger, useValue: new Ledger() },
        { provide: Shutdown, useValue: new Shutdown() },
        { provide: PublicAddress, useValue: new PublicAddress() },
        { provide: MerchantDirectory, useValue: new MerchantDirectory(options.merchants) },
        { provide: DOKU_PUBLIC_KEY, useValue: options.dokuPublicKey },
        { provide: APP_FILTER, useClass: UnknownRouteFilter },
      ],
    };
  }
}
