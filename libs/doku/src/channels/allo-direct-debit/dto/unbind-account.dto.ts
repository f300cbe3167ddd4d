import { OptionalNested } from '../../../validation/nested.decorators.js';
import { OptionalIdentifier } from '../../../validation/text.decorators.js';
import { SnapChannelInfoDto } from '../../snap-direct-debit/channel-info.dto.js';

/** Request of `unbindAccount` (reference snap 9.6): `{}` with the option `customer`, or a token. */
export class AlloUnbindAccountDto {
  /**
   * The customer's B2B2C access token.
   * @defaultValue a new one for the option `customer`
   */
  @OptionalIdentifier(2048)
  tokenId?: string;

  @OptionalNested(() => SnapChannelInfoDto)
  additionalInfo?: SnapChannelInfoDto;
}
