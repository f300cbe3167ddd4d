import { OptionalIdentifier } from '../../../validation/text.decorators.js';

/** Members of the SNAP standard that tell parts of a merchant apart; DOKU's wallet shows none of them. */
export class WalletMerchantPartsDto {
  @OptionalIdentifier(64)
  merchantId?: string;

  @OptionalIdentifier(32)
  subMerchantId?: string;

  @OptionalIdentifier(64)
  externalStoreId?: string;
}
