import { Nested } from '../../../validation/nested.decorators.js';
import { WholeRupiah } from '../../../validation/number.decorators.js';
import { MandatoryText, OptionalText } from '../../../validation/text.decorators.js';

/** The order that was paid. */
export class CimbRefundedOrderDto {
  @MandatoryText(64)
  invoice_number!: string;
}

/** The call that paid it. */
export class CimbRefundedPaymentDto {
  /** Request-Id of the `createPayment` call: `dokuCall(payment).requestId`. */
  @MandatoryText(128)
  original_request_id!: string;
}

/** What is given back. */
export class CimbRefundAmountDto {
  /** Whole rupiah: an integer, or a text such as `'2000'`. */
  @WholeRupiah('mandatory')
  amount!: number | string;

  @OptionalText()
  reason?: string;
}

/** Request of `refund` (reference non-snap 3.7). */
export class CimbRefundDto {
  @Nested(() => CimbRefundedOrderDto)
  order!: CimbRefundedOrderDto;

  @Nested(() => CimbRefundedPaymentDto)
  payment!: CimbRefundedPaymentDto;

  @Nested(() => CimbRefundAmountDto)
  refund!: CimbRefundAmountDto;
}
