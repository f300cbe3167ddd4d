import { Nested } from '../../../validation/nested.decorators.js';
import { DirectDebitCustomerReferenceDto } from './customer.dto.js';

/** Request of `listTokens` (reference non-snap 3.2, 3.11). */
export class DirectDebitListTokensDto {
  @Nested(() => DirectDebitCustomerReferenceDto)
  customer!: DirectDebitCustomerReferenceDto;
}
