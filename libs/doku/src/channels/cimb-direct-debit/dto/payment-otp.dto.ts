import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText } from '../../../validation/text.decorators.js';

/** A payment that waits for its OTP. */
export class CimbPendingPaymentDto {
  /** Transaction token from `createPayment`, as it came: it may hold `?`, `+`, `/` and `=`. */
  @MandatoryText(256)
  token!: string;
}

/** A payment and the OTP that the customer typed. */
export class CimbPaymentOtpDto extends CimbPendingPaymentDto {
  /** A text, because an OTP can begin with 0. At most 6 characters; lives 5 minutes. */
  @MandatoryText(6)
  otp!: string;
}

/** Request of `validatePaymentOtp` (reference non-snap 3.4). */
export class CimbValidatePaymentOtpDto {
  @Nested(() => CimbPaymentOtpDto)
  payment!: CimbPaymentOtpDto;
}

/** Request of `resendPaymentOtp` (reference non-snap 3.5). */
export class CimbResendPaymentOtpDto {
  @Nested(() => CimbPendingPaymentDto)
  payment!: CimbPendingPaymentDto;
}
