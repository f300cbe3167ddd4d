import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText } from '../../../validation/text.decorators.js';
import { CimbListTokensDto } from './list-tokens.dto.js';

/** A registered card. */
export class CimbCardTokenDto {
  /** Card token from `listTokens`, not the transaction token of a payment. */
  @MandatoryText(128)
  token_id!: string;
}

/** Request of `deleteToken` (reference non-snap 3.6). */
export class CimbDeleteTokenDto extends CimbListTokensDto {
  @Nested(() => CimbCardTokenDto)
  debit_card!: CimbCardTokenDto;
}
