import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import { OptionalIdentifier, OptionalTexts } from '../../../validation/text.decorators.js';

/** Request of `inquireBalance`: `{}`, since the option `customer` says whose (reference wallet 7). */
export class WalletInquireBalanceDto {
  /** @defaultValue a new one */
  @OptionalIdentifier(64)
  partnerReferenceNo?: string;

  @OptionalIdentifier(16)
  accountNo?: string;

  @OptionalIdentifier(128)
  bankCardToken?: string;

  @OptionalTexts()
  balanceTypes?: readonly string[];

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}
