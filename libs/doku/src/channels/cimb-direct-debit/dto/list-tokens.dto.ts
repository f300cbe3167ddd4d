import { Nested } from '../../../validation/nested.decorators.js';
import { CimbCustomerReferenceDto } from './cimb-customer.dto.js';

/** Request of `listTokens` (reference non-snap 3.2). */
export class CimbListTokensDto {
  @Nested(() => CimbCustomerReferenceDto)
  customer!: CimbCustomerReferenceDto;
}
