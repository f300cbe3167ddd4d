import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { BindingsController } from './api/bindings.controller.js';
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
import { SnapNotificationOrders } from './api/snap-notification-orders.js';
import { SnapPaymentsController } from './api/snap-payments.controller.js';
import { StateController } from './api/state.controller.js';
import { TokensController } from './api/tokens.controller.js';
import { OvoChannel } from './channels/ovo/ovo.channel.js';
import { WalletAccounts } from './channels/wallet/wallet-accounts.js';
import { WalletChannel } from './channels/wallet/wallet.channel.js';
import { WalletController } from './channels/wallet/wallet.controller.js';
import { WalletCustomers } from './channels/wallet/wallet-customer.js';
import { WalletPagesController } from './channels/wallet/wallet-pages.controller.js';
import { WalletHistory } from './channels/wallet/wallet-history.js';
import { WalletHoldings } from './channels/wallet/wallet-holdings.js';
import { WalletOnboarding } from './channels/wallet/wallet-onboarding.js';
import { WalletOtps } from './channels/wallet/wallet-otps.js';
import { WalletPurchases } from './channels/wallet/wallet-purchases.js';
import { WalletReferences } from './channels/wallet/wallet-references.js';
import { WalletRegistrations } from './channels/wallet/wallet-registrations.js';
import { WalletTransfers } from './channels/wallet/wallet-transfers.js';
import { OtpAttempts } from './bank/otp-attempts.js';
import { WalletsController } from './api/wallets.controller.js';
import { AccountBook } from './bank/account-book.js';
import { BindingBook } from './bank/binding-book.js';
import { CardBook } from './bank/card-book.js';
import { Ledger } from './bank/ledger.js';
import { PaymentBook } from './bank/payment-book.js';
import { SnapPaymentBook } from './bank/snap-payment-book.js';
import { AlloPagesController } from './channels/allo/allo-pages.controller.js';
import { AlloChannel } from './channels/allo/allo.channel.js';
import { BriController } from './channels/bri/bri.controller.js';
import { BriOtps } from './channels/bri/bri-otps.js';
import { BriPayments } from './channels/bri/bri.payments.js';
import { BriRegistrations } from './channels/bri/bri-registrations.js';
import { CimbCards } from './channels/cimb/cimb.cards.js';
import { CimbController } from './channels/cimb/cimb.controller.js';
import { CimbPayments } from './channels/cimb/cimb.payments.js';
import { CimbRefunds } from './channels/cimb/cimb.refunds.js';
import { CimbRegistrationController } from './channels/cimb/cimb-registration.controller.js';
import { CimbRegistrations } from './channels/cimb/cimb-registrations.js';
import { KkiChannel } from './channels/kki/kki.channel.js';
import { KkiOtps } from './channels/kki/kki-otps.js';
import { DirectDebitCards } from './direct-debit/direct-debit-cards.js';
import { DirectDebitPayments } from './direct-debit/direct-debit-payments.js';
import { AnswerSender } from './engine/answer-sender.js';
import { AnswerSigner } from './engine/answer-signer.js';
import { CallChecks } from './engine/call-checks.js';
import { ChangeFeed } from './engine/change-feed.js';
import { FaultBook } from './engine/faults.js';
import { FaultRunner } from './engine/fault-runner.js';
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
import { MerchantClient } from './notifications/merchant-client.js';
import { NotificationOutbox } from './notifications/notification-outbox.js';
import { NotificationSender } from './notifications/notification-sender.js';
import { SnapNotificationSender } from './notifications/snap-notification-sender.js';
import { OrdersController } from './orders/orders.controller.js';
import { AccountChannelParts } from './snap/account-channel.js';
import { AuthCodes } from './snap/auth-codes.js';
import { ExternalIds } from './snap/external-ids.js';
import { SnapBindings } from './snap/snap-bindings.js';
import { SnapCallChecks } from './snap/snap-call-checks.js';
import { SnapChannels } from './snap/snap-channels.js';
import { SnapController } from './snap/snap.controller.js';
import { SnapDecisions } from './snap/snap-decisions.js';
import { SnapGateway } from './snap/snap-gateway.js';
import { SnapPayments } from './snap/snap-payments.js';
import { SnapRecords } from './snap/snap-records.js';
import { SnapRefunds } from './snap/snap-refunds.js';
import { SnapStatus } from './snap/snap-status.js';
import { SnapTokens } from './snap/snap-tokens.js';
import { TokenBook } from './snap/token-book.js';
import { DOKU_PRIVATE_KEY, DOKU_PUBLIC_KEY } from './simulator.tokens.js';
import type { ResolvedOptions } from './simulator-options.js';

const ENGINE = [
  AnswerSender,
  AnswerSigner,
  CallChecks,
  ChangeFeed,
  FaultBook,
  FaultRunner,
  Gateway,
  IdempotencyStore,
  OperationCatalogue,
  RequestRecorder,
  Settings,
  MerchantClient,
  NotificationOutbox,
  NotificationSender,
  SnapNotificationSender,
];

const SNAP = [
  AccountChannelParts,
  AuthCodes,
  ExternalIds,
  SnapBindings,
  SnapCallChecks,
  SnapChannels,
  SnapDecisions,
  SnapGateway,
  SnapPayments,
  SnapRecords,
  SnapRefunds,
  SnapStatus,
  SnapTokens,
  TokenBook,
];

const DIRECT_DEBIT = [DirectDebitCards, DirectDebitPayments];

const BANK = [AccountBook, BindingBook, CardBook, OtpAttempts, PaymentBook, SnapPaymentBook];

const CHANNELS = {
  controllers: [
    AlloPagesController,
    CimbController,
    CimbRegistrationController,
    BriController,
    OrdersController,
    SnapController,
    WalletController,
    WalletPagesController,
  ],
  providers: [
    AlloChannel,
    BriOtps,
    BriPayments,
    BriRegistrations,
    CimbCards,
    CimbPayments,
    CimbRefunds,
    CimbRegistrations,
    KkiChannel,
    KkiOtps,
    OvoChannel,
    WalletAccounts,
    WalletChannel,
    WalletCustomers,
    WalletHistory,
    WalletHoldings,
    WalletOnboarding,
    WalletOtps,
    WalletPurchases,
    WalletReferences,
    WalletRegistrations,
    WalletTransfers,
  ],
};

const JSON_API = [
  BindingsController,
  ClockController,
  DokuKeyController,
  EventsController,
  FaultsController,
  InfoController,
  NotificationsController,
  RegistrationsController,
  RequestsController,
  SettingsController,
  SnapPaymentsController,
  StateController,
  TokensController,
  WalletsController,
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
        ...SNAP,
        ...DIRECT_DEBIT,
        ...BANK,
        ...CHANNELS.providers,
        SnapNotificationOrders,
        // Plain classes, whose instances `DokuSimulator` hands out or that need no injection.
        { provide: SimulatorClock, useValue: new SimulatorClock() },
        { provide: Ledger, useValue: new Ledger() },
        { provide: Shutdown, useValue: new Shutdown() },
        { provide: PublicAddress, useValue: new PublicAddress() },
        { provide: MerchantDirectory, useValue: new MerchantDirectory(options.merchants) },
        { provide: DOKU_PRIVATE_KEY, useValue: options.dokuPrivateKey },
        { provide: DOKU_PUBLIC_KEY, useValue: options.dokuPublicKey },
        { provide: APP_FILTER, useClass: UnknownRouteFilter },
      ],
    };
  }
}
