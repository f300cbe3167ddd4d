import { Nested } from '../../../validation/nested.decorators.js';
import {
  DirectDebitPaymentOtpDto,
  DirectDebitPendingPaymentDto,
} from '../../non-snap-direct-debit/dto/payment-otp.dto.js';

/**
 * Request of `validateRegistrationOtp`. Not confirmed by DOKU: `debit_card.token` and `debit_card.otp` stand
 * in its table for a payment's OTP, where they look pasted from here (reference non-snap 3.9).
 */
export class BriValidateRegistrationOtpDto {
  /** The token of the registration, and the OTP that the customer typed. */
  @Nested(() => DirectDebitPaymentOtpDto)
  debit_card!: DirectDebitPaymentOtpDto;
}

/** Request of `resendRegistrationOtp`. Not confirmed by DOKU (reference non-snap 3.10). */
export class BriResendRegistrationOtpDto {
  /** The token of the registration. */
  @Nested(() => DirectDebitPendingPaymentDto)
  debit_card!: DirectDebitPendingPaymentDto;
}
