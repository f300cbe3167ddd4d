import { Nested, NonEmptyList } from '../../../validation/nested.decorators.js';
import { MandatoryText, OneOf, OptionalWebUrl } from '../../../validation/text.decorators.js';
import { SnapChannelInfoDto } from '../../snap-direct-debit/channel-info.dto.js';
import { SnapPayOptionDto } from '../../snap-direct-debit/pay-option.dto.js';
import { SnapAmountDto, SnapAmountMember } from '../../snap-direct-debit/snap-amount.dto.js';

/** One source of the money. */
export class OvoPayOptionDto extends SnapPayOptionDto {
  @OneOf('mandatory', ['CASH', 'POINTS'])
  payMethod!: 'CASH' | 'POINTS';
}

/** How it is paid, and where the browser goes afterwards. */
export class OvoPaymentInfoDto extends SnapChannelInfoDto {
  /** `SALE`: the customer confirms on a page. `RECURRING`: without the customer, and without a page. */
  @OneOf('mandatory', ['SALE', 'RECURRING'])
  paymentType!: 'SALE' | 'RECURRING';

  /**
   * Where the browser lands afterwards; mandatory for `SALE`. A hint only: the order turns paid by the
   * notification.
   */
  @OptionalWebUrl()
  successPaymentUrl?: string;

  /** Mandatory for `SALE`. */
  @OptionalWebUrl()
  failedPaymentUrl?: string;
}

/** Request of `createPayment` (reference snap 11). */
export class OvoCreatePaymentDto {
  /**
   * The merchant's own reference of the payment; store it before the call. At most 32 characters, because a
   * refund takes no more (reference snap C33).
   */
  @MandatoryText(32)
  partnerReferenceNo!: string;

  /** Who bears the fee: the merchant, the customer, or both. DOKU does not say what it does when left out. */
  @OneOf('optional', ['OUR', 'BEN', 'SHA'])
  feeType?: 'OUR' | 'BEN' | 'SHA';

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  @NonEmptyList(() => OvoPayOptionDto)
  payOptionDetails!: OvoPayOptionDto[];

  @Nested(() => OvoPaymentInfoDto)
  additionalInfo!: OvoPaymentInfoDto;
}
