import { OptionalNested } from '../../../validation/nested.decorators.js';
import {
  MandatoryDigits,
  MandatoryText,
  OptionalIdentifier,
  OptionalText,
} from '../../../validation/text.decorators.js';

/** `additionalInfo` of `verifyOtp`. */
export class WalletVerifyOtpInfoDto {
  @OptionalText()
  deviceId?: string;
}

/** Request of `verifyOtp` (reference wallet 3): `{ ...creation.forVerifyOtp, otp }`. */
export class WalletVerifyOtpDto {
  /** `partnerReferenceNo` of the account creation or unbinding. */
  @MandatoryText(64)
  originalPartnerReferenceNo!: string;

  /** DOKU's `referenceNo` of it. */
  @MandatoryText(64)
  originalReferenceNo!: string;

  /** What the customer typed. A text, because it can begin with 0. */
  @MandatoryDigits(1, 8)
  otp!: string;

  /** Of the SNAP standard, as the next three; DOKU's own apps do not send them. */
  @OptionalText(10)
  action?: string;

  @OptionalIdentifier(64)
  merchantId?: string;

  @OptionalIdentifier(40)
  chargeToken?: string;

  @OptionalText(20)
  type?: string;

  @OptionalNested(() => WalletVerifyOtpInfoDto)
  additionalInfo?: WalletVerifyOtpInfoDto;
}
