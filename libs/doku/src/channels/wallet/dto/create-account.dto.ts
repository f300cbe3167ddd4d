import { OptionalNested } from '../../../validation/nested.decorators.js';
import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import {
  MandatoryDigits,
  MandatoryText,
  MandatoryWebUrl,
  OptionalIdentifier,
  OptionalText,
} from '../../../validation/text.decorators.js';

/** The customer's device, as the SNAP standard describes it. */
export class WalletDeviceInfoDto {
  @OptionalText()
  os?: string;

  @OptionalText()
  osVersion?: string;

  @OptionalText()
  model?: string;

  @OptionalText()
  manufacturer?: string;
}

/** Members of a registration that the SNAP standard knows and that DOKU's own apps do not send. */
export class WalletRegistrationDto {
  @OptionalText(2)
  countryCode?: string;

  @OptionalIdentifier(45)
  customerId?: string;

  @OptionalNested(() => WalletDeviceInfoDto)
  deviceInfo?: WalletDeviceInfoDto;

  @OptionalText(8)
  lang?: string;

  @OptionalText(5)
  locale?: string;

  @OptionalText(8)
  onboardingPartner?: string;

  @OptionalText(256)
  scopes?: string;

  @OptionalText(512)
  seamlessData?: string;

  @OptionalText(512)
  seamlessSign?: string;

  @OptionalText(32)
  state?: string;

  /** Left out by default: mandatory in the standard, absent from DOKU's samples (reference wallet 4). */
  @OptionalIdentifier(64)
  merchantId?: string;

  @OptionalIdentifier(32)
  subMerchantId?: string;

  @OptionalText()
  terminalType?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `createAccount` (reference wallet 2). */
export class WalletCreateAccountDto extends WalletRegistrationDto {
  /** The merchant's own id of this creation; store it before the call. It comes back in the browser's redirect. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  @MandatoryText(128)
  name!: string;

  /** Digits, as `6281212340010` or `081212340010`: DOKU's documents show both. Sent as given. */
  @MandatoryDigits(1, 16)
  phoneNo!: string;

  @MandatoryText(254)
  email!: string;

  /** Where the browser lands once the customer has set a PIN; see `readWalletAccountRedirect`. */
  @MandatoryWebUrl(2048)
  redirectUrl!: string;
}
