import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText, OptionalIdentifier } from '../../../validation/text.decorators.js';

/** Which account is asked for. */
export class WalletInquireAccountInfoDto {
  @MandatoryText(64)
  accountId!: string;
}

/** Request of `inquireAccount` (reference wallet 5). */
export class WalletInquireAccountDto {
  /** @defaultValue a new one */
  @OptionalIdentifier(64)
  partnerReferenceNo?: string;

  @Nested(() => WalletInquireAccountInfoDto, 'an object such as { accountId }')
  additionalInfo!: WalletInquireAccountInfoDto;
}
