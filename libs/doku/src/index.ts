export { DokuModule } from './doku.module.js';
export type {
  DokuEnvironment,
  DokuHttpOptions,
  DokuMerchantOptions,
  DokuModuleAsyncOptions,
  DokuModuleExtras,
  DokuModuleOptions,
  DokuNotificationOptions,
  DokuOptionsFactory,
  DokuPrivateKey,
  DokuPublicKey,
  DokuReconciliationOptions,
  DokuTokenOptions,
} from './options/doku-module-options.js';
export type { DokuChannelOptions } from './channels/channels.js';

export { DokuClient } from './http/doku-client.js';
export { type DokuCall, dokuCall } from './http/doku-call.js';
export type { DokuCallOptions, DokuCustomer } from './http/doku-call-options.js';
export type { DokuOperation, SnapHeaderRules } from './http/doku-operation.js';
export type { MemberPath } from './http/members.js';

export {
  DokuAccessTokenService,
  type DokuTokenRequest,
} from './tokens/doku-access-token.service.js';
export type { DokuAccessToken } from './tokens/access-token.js';
export type { DokuTokenStore, ReleaseLock } from './tokens/token-store.js';

export * from './channels/allo-direct-debit/index.js';
export * from './channels/bri-direct-debit/index.js';
export * from './channels/cimb-direct-debit/index.js';
export * from './channels/kki/index.js';
export * from './channels/non-snap-direct-debit/index.js';
export * from './channels/orders/index.js';
export * from './channels/ovo/index.js';
export * from './channels/snap-direct-debit/index.js';
export * from './channels/wallet/index.js';
export { createPartnerReference } from './channels/partner-reference.js';
export type {
  NonSnapPaymentAdditionalInfo,
  NonSnapSettlementShare,
} from './validation/payment-additional-info.decorator.js';
export {
  type SnapActor,
  snapResponseCode,
  type SnapResponseCode,
  type SnapRetry,
  type SnapService,
} from './http/snap-response-codes.js';

export { OnDokuEvent, type OnDokuEventOptions } from './notifications/on-doku-event.decorator.js';
export type {
  DokuBindingEvent,
  DokuBindingEventType,
  DokuConflictEvent,
  DokuEvent,
  DokuEventBase,
  DokuEventMatching,
  DokuEventOf,
  DokuEventPattern,
  DokuEventType,
  DokuPaymentEvent,
  DokuPaymentEventType,
  DokuPaymentNotification,
  DokuUnrecognisedEvent,
  DokuUnresolvedPaymentEvent,
} from './notifications/doku-event.js';
export {
  type DokuPaymentStatus,
  mergePaymentStatus,
} from './notifications/merge-payment-status.js';
export type {
  DeliveryEngine as DokuDeliveryEngine,
  DokuDurableDelivery,
} from './notifications/durable-delivery.js';
export type { NonSnapNotification } from './notifications/non-snap-notification.js';
export type {
  SnapBindingNotification,
  SnapNotificationAmount,
  SnapNotificationLineItem,
  SnapPaymentNotification,
} from './notifications/snap-notification.js';

export type { DokuDiagnosedEvent, DokuDiagnostics } from './diagnostics/doku-diagnostics.js';
export {
  DokuReconciler,
  type DokuReconciliation,
  type DokuReconciliationRequest,
} from './reconciliation/doku-reconciler.js';
export type { DokuIntentKind, DokuPaymentIntent } from './reconciliation/payment-intent.js';

export { OnDokuAlarm, type OnDokuAlarmOptions } from './alarms/on-doku-alarm.decorator.js';
export type { DokuAlarm, DokuAlarmOf, DokuAlarmType } from './alarms/doku-alarm.js';

export { DeadLetterError } from './dead-letters/dead-letter.error.js';
export type {
  DeadLetterQuery as DokuDeadLetterQuery,
  DokuDeadLetter,
  DokuDeadLetterCause,
} from './dead-letters/dead-letter.js';
export {
  DokuDeadLetterService,
  type DokuInspectedDeadLetter,
} from './dead-letters/doku-dead-letter.service.js';

export { createDigest, hashSnapBody } from './signing/digest.js';
export { minifyJson } from './signing/minify-json.js';
export {
  type NonSnapSignatureInput,
  signNonSnapRequest,
  verifyNonSnapResponse,
  verifyNonSnapSignature,
} from './signing/non-snap-signature.js';
export {
  signSnapTokenRequest,
  type SnapTokenSignatureInput,
  verifySnapTokenRequest,
} from './signing/snap-token-signature.js';
export {
  signSnapTransaction,
  type SnapTransactionSignatureInput,
  verifySnapTransaction,
} from './signing/snap-transaction-signature.js';

export { DokuApiError, type DokuOtpProblem } from './errors/doku-api.error.js';
export { DokuAuthenticationError } from './errors/doku-authentication.error.js';
export { DokuConfigurationError } from './errors/doku-configuration.error.js';
export { DokuError, type DokuErrorCode, type DokuErrorDetails } from './errors/doku.error.js';
export { DokuOutcomeUnknownError } from './errors/doku-outcome-unknown.error.js';
export { DokuSignatureError } from './errors/doku-signature.error.js';
export { DokuUnavailableError } from './errors/doku-unavailable.error.js';
export { DokuValidationError } from './errors/doku-validation.error.js';
