import { Nested, NonEmptyList } from '../../../validation/nested.decorators.js';
import { NumberOfPieces, RupiahText } from '../../../validation/number.decorators.js';
import {
  MandatoryText,
  MandatoryWebUrl,
  OneOf,
  OptionalIdentifier,
  OptionalText,
} from '../../../validation/text.decorators.js';
import { SnapChannelInfoDto } from '../../snap-direct-debit/channel-info.dto.js';
import { SnapPayOptionDto } from '../../snap-direct-debit/pay-option.dto.js';
import { SnapAmountDto, SnapAmountMember } from '../../snap-direct-debit/snap-amount.dto.js';

/** One source of the money. */
export class AlloPayOptionDto extends SnapPayOptionDto {
  @OneOf('mandatory', ['BALANCE', 'POINT', 'PAYLATER'])
  payMethod!: 'BALANCE' | 'POINT' | 'PAYLATER';
}

/** One position of the order. Whether they must add up to the amount is not documented. */
export class AlloLineItemDto {
  @MandatoryText(32)
  name!: string;

  /** IDR for one piece: an integer, or a text such as `'50000.00'`; sent as such a text. */
  @RupiahText('mandatory', 0)
  price!: number | string;

  /** An integer of at least 1; a text of digits is sent as given (reference snap C24). */
  @NumberOfPieces()
  quantity!: number | string;
}

/** What is paid for, and where the browser goes afterwards. */
export class AlloPaymentInfoDto extends SnapChannelInfoDto {
  @MandatoryText(40)
  remarks!: string;

  /** Where the browser lands afterwards. A hint only: the order turns paid by the notification. */
  @MandatoryWebUrl()
  successPaymentUrl!: string;

  @MandatoryWebUrl()
  failedPaymentUrl!: string;

  @NonEmptyList(() => AlloLineItemDto)
  lineItems!: AlloLineItemDto[];

  /** DOKU does not say what it means. */
  @OneOf('optional', ['YES', 'NO'])
  otpStatus?: 'YES' | 'NO';

  /** DOKU does not say what it means. */
  @OptionalText(64)
  merchantTrxId?: string;
}

/** Request of `createPayment` (reference snap 9.4). */
export class AlloCreatePaymentDto {
  /**
   * The merchant's own reference of the payment; store it before the call. DOKU asks for 32 to 64 letters and
   * digits, as `createPartnerReference()` makes them, and shows a shorter one (reference snap C4).
   */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  @NonEmptyList(() => AlloPayOptionDto)
  payOptionDetails!: AlloPayOptionDto[];

  @Nested(() => AlloPaymentInfoDto)
  additionalInfo!: AlloPaymentInfoDto;

  /** Of another channel's OTP step; leave it out. */
  @OptionalIdentifier(32)
  chargeToken?: string;
}
