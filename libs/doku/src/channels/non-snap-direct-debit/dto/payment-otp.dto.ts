import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText } from '../../../validation/text.decorators.js';

/** A payment that waits for its OTP. */
export class DirectDebitPendingPaymentDto {
  /** Transaction token from `createPayment`, as it came: it may hold `?`, `+`, `/` and `=`. */
  @MandatoryText(256)
  token!: string;
}

/** A payment and the OTP that the customer typed. */
export class DirectDebitPaymentOtpDto extends DirectDebitPendingPaymentDto {
  /** A text, because an OTP can begin with 0. At most 6 characters. */
  @MandatoryText(6)
  otp!: string;
}

/** Request of `validatePaymentOtp` (reference non-snap 3.4, 3.13). */
export class DirectDebitValidatePaymentOtpDto {
  @Nested(() => DirectDebitPaymentOtpDto)
  payment!: DirectDebitPaymentOtpDto;
}

/** Request of `resendPaymentOtp` (reference non-snap 3.5, 3.14). */
export class DirectDebitResendPaymentOtpDto {
  @Nested(() => DirectDebitPendingPaymentDto)
  payment!: DirectDebitPendingPaymentDto;
}
