import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import {
  MandatoryText,
  OptionalDigits,
  OptionalIdentifier,
} from '../../../validation/text.decorators.js';
import { SnapAmountDto, SnapAmountMember } from '../../snap-direct-debit/snap-amount.dto.js';

/**
 * Request of `createPayment` (reference snap 10.1): exactly one of `cpan` and `bankCardToken`. The names that
 * they and the OTP have on the wire are options of the channel, since DOKU does not document them.
 */
export class KkiCreatePaymentDto {
  /**
   * The merchant's own reference of the payment; store it before the call. Exactly 32 letters and digits, as
   * `createPartnerReference()` makes them: the only length that payment and refund both take (reference snap C11).
   */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  /** The customer's CPAN: at most 20 digits. A text, because a number holds only 15 of them exactly. */
  @OptionalDigits(1, 20)
  cpan?: string;

  /** What the issuer's app shows the customer: 8 digits. A text, because it can begin with 0. */
  @OptionalDigits(8, 8)
  otp?: string;

  /** The customer's token from DOKU, in place of the CPAN. */
  @OptionalIdentifier(64)
  bankCardToken?: string;

  /** Open object: DOKU documents no member of it. The channel's code is put in. */
  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}
