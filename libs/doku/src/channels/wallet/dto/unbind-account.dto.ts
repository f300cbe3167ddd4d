import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import { MandatoryText, OptionalIdentifier } from '../../../validation/text.decorators.js';

/** Request of `unbindAccount` (reference wallet 6). */
export class WalletUnbindAccountDto {
  /** The merchant's own id of this unbinding; store it before the call, `verifyOtp` needs it. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** From `bindAccount`, or from `inquireAccount`. */
  @MandatoryText(64)
  linkId!: string;

  /**
   * The client id that DOKU gave.
   * @defaultValue `clientId` of the merchant that the call is made for
   */
  @OptionalIdentifier(64)
  merchantId?: string;

  @OptionalIdentifier(32)
  subMerchantId?: string;

  @OptionalIdentifier(128)
  tokenId?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}
