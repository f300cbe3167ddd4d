import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText, MandatoryWebUrl } from '../../../validation/text.decorators.js';
import { WalletRegistrationDto } from './create-account.dto.js';

/** The account to bind. */
export class WalletSuccessParamsDto {
  /** From the redirect after the PIN; anybody can put it there, so confirm it with `inquireAccount`. */
  @MandatoryText(64)
  accountId!: string;
}

/** Request of `bindAccount` (reference wallet 4). */
export class WalletBindAccountDto extends WalletRegistrationDto {
  /** The merchant's own id of this binding; store it before the call. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /**
   * Where the browser lands once the customer has agreed. Put a value into it that is used once: nothing else
   * is known to come back that tells one binding from another; see `readWalletBindingRedirect`.
   */
  @MandatoryWebUrl(2048)
  redirectUrl!: string;

  @Nested(() => WalletSuccessParamsDto, 'an object such as { accountId }')
  successParams!: WalletSuccessParamsDto;
}
