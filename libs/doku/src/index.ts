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
  DokuTokenOptions,
} from './options/doku-module-options.js';
export type { DokuChannelOptions } from './options/doku-channel-options.js';

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

export { CimbDirectDebitService } from './channels/cimb-direct-debit/cimb-direct-debit.service.js';
export type {
  CimbDirectDebitOptions,
  CimbOperationName,
} from './channels/cimb-direct-debit/cimb-direct-debit.options.js';
export type {
  CimbCard,
  CimbCardRegistration,
  CimbCustomer,
  CimbDeletedToken,
  CimbOrder,
  CimbPayment,
  CimbRefund,
  CimbResentOtp,
  CimbValidatedPayment,
} from './channels/cimb-direct-debit/cimb-direct-debit.responses.js';
export {
  CimbCustomerDto,
  CimbCustomerReferenceDto,
} from './channels/cimb-direct-debit/dto/cimb-customer.dto.js';
export {
  CimbCreatePaymentDto,
  CimbLineItemDto,
  CimbOrderDto,
  CimbPaymentSourceDto,
} from './channels/cimb-direct-debit/dto/create-payment.dto.js';
export {
  CimbCardTokenDto,
  CimbDeleteTokenDto,
} from './channels/cimb-direct-debit/dto/delete-token.dto.js';
export { CimbListTokensDto } from './channels/cimb-direct-debit/dto/list-tokens.dto.js';
export {
  CimbPaymentOtpDto,
  CimbPendingPaymentDto,
  CimbResendPaymentOtpDto,
  CimbValidatePaymentOtpDto,
} from './channels/cimb-direct-debit/dto/payment-otp.dto.js';
export {
  CimbRefundAmountDto,
  CimbRefundDto,
  CimbRefundedOrderDto,
  CimbRefundedPaymentDto,
} from './channels/cimb-direct-debit/dto/refund.dto.js';
export {
  CimbCardRegistrationDto,
  CimbRegisterCardDto,
} from './channels/cimb-direct-debit/dto/register-card.dto.js';
export type {
  NonSnapPaymentAdditionalInfo,
  NonSnapSettlementShare,
} from './validation/payment-additional-info.decorator.js';
export { AlloDirectDebitService } from './channels/allo-direct-debit/allo-direct-debit.service.js';
export type {
  AlloDirectDebitOptions,
  AlloOperationName,
} from './channels/allo-direct-debit/allo-direct-debit.options.js';
export type {
  AlloAccountInfo,
  AlloBalance,
  AlloBinding,
  AlloBindingCreated,
  AlloBindingInfo,
  AlloBindingInProgress,
  AlloPayment,
  AlloPaymentCreated,
  AlloPaymentInProgress,
  AlloUnbinding,
} from './channels/allo-direct-debit/allo-direct-debit.responses.js';
export {
  AlloBindAccountDto,
  AlloBindAccountInfoDto,
} from './channels/allo-direct-debit/dto/bind-account.dto.js';
export {
  AlloCreatePaymentDto,
  AlloLineItemDto,
  AlloPaymentInfoDto,
  AlloPayOptionDto,
} from './channels/allo-direct-debit/dto/create-payment.dto.js';
export { AlloInquireBalanceDto } from './channels/allo-direct-debit/dto/inquire-balance.dto.js';
export { AlloUnbindAccountDto } from './channels/allo-direct-debit/dto/unbind-account.dto.js';
export { KkiService } from './channels/kki/kki.service.js';
export type { KkiMemberNames, KkiOperationName, KkiOptions } from './channels/kki/kki.options.js';
export type { KkiPayment } from './channels/kki/kki.responses.js';
export { KkiCreatePaymentDto } from './channels/kki/dto/create-payment.dto.js';
export type { ChannelCode } from './channels/snap-direct-debit/channel-code.js';
export type { ChannelIdOption } from './channels/snap-direct-debit/channel-id-header.js';
export { SnapChannelInfoDto } from './channels/snap-direct-debit/channel-info.dto.js';
export {
  SnapCheckStatusDto,
  SnapCheckStatusInfoDto,
} from './channels/snap-direct-debit/check-status.dto.js';
export type { ReferenceRule } from './channels/snap-direct-debit/references.rule.js';
export { SnapRefundDto } from './channels/snap-direct-debit/refund.dto.js';
export type { SnapRefund } from './channels/snap-direct-debit/refund.operation.js';
export { SnapAmountDto, SnapFeeDto } from './channels/snap-direct-debit/snap-amount.dto.js';
export type { SnapAmount, SnapAnswer } from './channels/snap-direct-debit/snap-answer.js';
export type {
  SnapPaymentStatus,
  SnapRefundHistoryEntry,
  SnapTransactionStatus,
} from './channels/snap-direct-debit/transaction-status.js';
export {
  type SnapActor,
  snapResponseCode,
  type SnapResponseCode,
  type SnapRetry,
  type SnapService,
} from './http/snap-response-codes.js';
export { DokuOrderService } from './channels/orders/doku-order.service.js';
export type { CheckStatusRequest, OrderStatus } from './channels/orders/check-status.js';
export { createPartnerReference } from './channels/partner-reference.js';

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
} from './notifications/doku-event.js';
export type { NonSnapNotification } from './notifications/non-snap-notification.js';
export type {
  SnapBindingNotification,
  SnapNotificationAmount,
  SnapNotificationLineItem,
  SnapPaymentNotification,
} from './notifications/snap-notification.js';

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

export { DokuApiError } from './errors/doku-api.error.js';
export { DokuAuthenticationError } from './errors/doku-authentication.error.js';
export { DokuConfigurationError } from './errors/doku-configuration.error.js';
export { DokuError, type DokuErrorCode, type DokuErrorDetails } from './errors/doku.error.js';
export { DokuOutcomeUnknownError } from './errors/doku-outcome-unknown.error.js';
export { DokuSignatureError } from './errors/doku-signature.error.js';
export { DokuUnavailableError } from './errors/doku-unavailable.error.js';
export { DokuValidationError } from './errors/doku-validation.error.js';
