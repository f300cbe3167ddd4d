import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText } from '../../../validation/text.decorators.js';
import { DirectDebitListTokensDto } from './list-tokens.dto.js';

/** A registered card. */
export class DirectDebitCardTokenDto {
  /** Card token from `listTokens`, not the transaction token of a payment. */
  @MandatoryText(128)
  token_id!: string;
}

/** Request of `deleteToken` (reference non-snap 3.6, 3.16). */
export class DirectDebitDeleteTokenDto extends DirectDebitListTokensDto {
  @Nested(() => DirectDebitCardTokenDto)
  debit_card!: DirectDebitCardTokenDto;
}
