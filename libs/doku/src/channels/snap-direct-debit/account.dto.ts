import { OptionalNested } from '../../validation/nested.decorators.js';
import {
  MandatoryText,
  MandatoryWebUrl,
  OptionalIdentifier,
  OptionalText,
  OptionalYearMonthDay,
} from '../../validation/text.decorators.js';
import { SnapChannelInfoDto } from './channel-info.dto.js';

/** Who binds an account, and where the browser goes afterwards (reference snap 9.1). */
export class SnapBindAccountInfoDto extends SnapChannelInfoDto {
  /** The merchant's own key of the customer. */
  @MandatoryText(64)
  custIdMerchant!: string;

  /** Where the browser lands when the customer agreed. A hint only: what was bound shows in the next call. */
  @MandatoryWebUrl()
  successRegistrationUrl!: string;

  @MandatoryWebUrl()
  failedRegistrationUrl!: string;

  @OptionalText(70)
  customerName?: string;

  /** At most 64 characters: the lower of two limits (reference snap C23). */
  @OptionalText(64)
  email?: string;

  /** KTP number. */
  @OptionalText(20)
  idCard?: string;

  @OptionalText(60)
  country?: string;

  @OptionalText(255)
  address?: string;

  /** `yyyyMMdd` */
  @OptionalYearMonthDay()
  dateOfBirth?: string;
}

/** Request of `inquireBalance`: `{}`, since the option `customer` says whose (reference snap 9.3). */
export class SnapInquireBalanceDto {
  @OptionalNested(() => SnapChannelInfoDto)
  additionalInfo?: SnapChannelInfoDto;
}

/** Request of `unbindAccount` (reference snap 9.6): `{}` with the option `customer`, or a token. */
export class SnapUnbindAccountDto {
  /**
   * The customer's B2B2C access token.
   * @defaultValue a new one for the option `customer`
   */
  @OptionalIdentifier(2048)
  tokenId?: string;

  @OptionalNested(() => SnapChannelInfoDto)
  additionalInfo?: SnapChannelInfoDto;
}
