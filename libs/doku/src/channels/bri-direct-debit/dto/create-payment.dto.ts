import { OptionalNested } from '../../../validation/nested.decorators.js';
import { OptionalIdentifier } from '../../../validation/text.decorators.js';
import { DirectDebitCreatePaymentDto } from '../../non-snap-direct-debit/dto/create-payment.dto.js';

/** One of DOKU's own ids, such as `DIRECT_DEBIT` or `BRI`. */
export class BriRoutingIdDto {
  @OptionalIdentifier(64)
  id?: string;
}

/**
 * Request of `createPayment` and `createRecurringPayment`. Not confirmed by DOKU for the first; for the second
 * its samples have these members (reference non-snap 3.12, 3.15).
 */
export class BriCreatePaymentDto extends DirectDebitCreatePaymentDto {
  /** In one of DOKU's two samples, `{ id: 'DIRECT_DEBIT' }`; whether it is needed is not documented. */
  @OptionalNested(() => BriRoutingIdDto)
  channel?: BriRoutingIdDto;

  /** The same, `{ id: 'BRI' }`. */
  @OptionalNested(() => BriRoutingIdDto)
  acquirer?: BriRoutingIdDto;
}
