export { BriDirectDebitService } from './bri-direct-debit.service.js';
export type { BriDirectDebitOptions, BriOperationName } from './bri-direct-debit.options.js';
export type {
  BriCard,
  BriCardRegistration,
  BriDeletedToken,
  BriPayment,
  BriRecurringPayment,
  BriResentOtp,
  BriResentRegistrationOtp,
  BriValidatedRegistration,
} from './bri-direct-debit.responses.js';
export { BRI_OTP_RULES } from './bri-otp-rules.js';
export { BriCreatePaymentDto, BriRoutingIdDto } from './dto/create-payment.dto.js';
export { BriRegisterCardDto } from './dto/register-card.dto.js';
export {
  BriResendRegistrationOtpDto,
  BriValidateRegistrationOtpDto,
} from './dto/registration-otp.dto.js';
