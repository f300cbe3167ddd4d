export type { DirectDebitOptions } from './direct-debit.options.js';
export type {
  DirectDebitCard,
  DirectDebitCustomer,
  DirectDebitDeletedToken,
  DirectDebitOrder,
  DirectDebitPayment,
  DirectDebitResentOtp,
  DirectDebitValidatedPayment,
} from './direct-debit.responses.js';
export {
  DirectDebitCreatePaymentDto,
  DirectDebitLineItemDto,
  DirectDebitOrderDto,
  DirectDebitPaymentSourceDto,
} from './dto/create-payment.dto.js';
export { DirectDebitCustomerDto, DirectDebitCustomerReferenceDto } from './dto/customer.dto.js';
export { DirectDebitCardTokenDto, DirectDebitDeleteTokenDto } from './dto/delete-token.dto.js';
export { DirectDebitListTokensDto } from './dto/list-tokens.dto.js';
export {
  DirectDebitPaymentOtpDto,
  DirectDebitPendingPaymentDto,
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from './dto/payment-otp.dto.js';
