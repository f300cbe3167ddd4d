import { Nested, OptionalList } from '../../../validation/nested.decorators.js';
import { PositiveInteger, WholeRupiah } from '../../../validation/number.decorators.js';
import { MandatoryText, OptionalText } from '../../../validation/text.decorators.js';
import {
  OptionalPaymentAdditionalInfo,
  type NonSnapPaymentAdditionalInfo,
} from '../../../validation/payment-additional-info.decorator.js';
import { DirectDebitCustomerDto } from './customer.dto.js';
import { DirectDebitCardTokenDto } from './delete-token.dto.js';

/** One position of an order; feeds DOKU's risk engine. */
export class DirectDebitLineItemDto {
  @OptionalText()
  name?: string;

  /** Whole rupiah for one piece: an integer, or a text such as `'40000'`. */
  @WholeRupiah('optional', 0)
  price?: number | string;

  @PositiveInteger('optional')
  quantity?: number;
}

/** What is paid for. */
export class DirectDebitOrderDto {
  /** The merchant's own reference of the payment; store it before the call. */
  @MandatoryText(64)
  invoice_number!: string;

  /** Must add up to `amount` where all have price and quantity, unless `checkLineItems` is off. */
  @OptionalList(() => DirectDebitLineItemDto)
  line_items?: DirectDebitLineItemDto[];

  /** Whole rupiah, at most 12 digits: an integer, or a text such as `'90000.00'`. */
  @WholeRupiah('mandatory')
  amount!: number | string;

  @OptionalText(50)
  session_id?: string;
}

/** What is charged. */
export class DirectDebitPaymentSourceDto extends DirectDebitCardTokenDto {
  /** Life of the OTP; DOKU says minutes, default 10, and samples 360010 (reference non-snap 3.19 no. 10). */
  @PositiveInteger('optional')
  otp_expiration_timestamp?: number;
}

/** Request of `createPayment` (reference non-snap 3.3, 3.12). */
export class DirectDebitCreatePaymentDto {
  @Nested(() => DirectDebitCustomerDto)
  customer!: DirectDebitCustomerDto;

  /** Open object; DOKU documents `settlement` and `override_notification_url` in it. */
  @OptionalPaymentAdditionalInfo()
  additional_info?: NonSnapPaymentAdditionalInfo;

  @Nested(() => DirectDebitOrderDto)
  order!: DirectDebitOrderDto;

  @Nested(() => DirectDebitPaymentSourceDto)
  payment!: DirectDebitPaymentSourceDto;
}
