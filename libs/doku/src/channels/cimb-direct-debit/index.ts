export { CimbDirectDebitService } from './cimb-direct-debit.service.js';
export type { CimbDirectDebitOptions, CimbOperationName } from './cimb-direct-debit.options.js';
export type {
  CimbCardRegistration,
  CimbRefund,
  CimbValidatedPayment,
} from './cimb-direct-debit.responses.js';
export {
  CimbRefundAmountDto,
  CimbRefundDto,
  CimbRefundedOrderDto,
  CimbRefundedPaymentDto,
} from './dto/refund.dto.js';
export { CimbCardRegistrationDto, CimbRegisterCardDto } from './dto/register-card.dto.js';

// What CIMB shares with other banks.
export type {
  DirectDebitCard as CimbCard,
  DirectDebitCustomer as CimbCustomer,
  DirectDebitDeletedToken as CimbDeletedToken,
  DirectDebitOrder as CimbOrder,
  DirectDebitPayment as CimbPayment,
  DirectDebitResentOtp as CimbResentOtp,
} from '../non-snap-direct-debit/direct-debit.responses.js';
export {
  DirectDebitCreatePaymentDto as CimbCreatePaymentDto,
  DirectDebitLineItemDto as CimbLineItemDto,
  DirectDebitOrderDto as CimbOrderDto,
  DirectDebitPaymentSourceDto as CimbPaymentSourceDto,
} from '../non-snap-direct-debit/dto/create-payment.dto.js';
export {
  DirectDebitCustomerDto as CimbCustomerDto,
  DirectDebitCustomerReferenceDto as CimbCustomerReferenceDto,
} from '../non-snap-direct-debit/dto/customer.dto.js';
export {
  DirectDebitCardTokenDto as CimbCardTokenDto,
  DirectDebitDeleteTokenDto as CimbDeleteTokenDto,
} from '../non-snap-direct-debit/dto/delete-token.dto.js';
export { DirectDebitListTokensDto as CimbListTokensDto } from '../non-snap-direct-debit/dto/list-tokens.dto.js';
export {
  DirectDebitPaymentOtpDto as CimbPaymentOtpDto,
  DirectDebitPendingPaymentDto as CimbPendingPaymentDto,
  DirectDebitResendPaymentOtpDto as CimbResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto as CimbValidatePaymentOtpDto,
} from '../non-snap-direct-debit/dto/payment-otp.dto.js';
