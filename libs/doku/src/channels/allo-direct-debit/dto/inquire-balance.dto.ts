import { OptionalNested } from '../../../validation/nested.decorators.js';
import { SnapChannelInfoDto } from '../../snap-direct-debit/channel-info.dto.js';

/** Request of `inquireBalance`: `{}`, since the option `customer` says whose (reference snap 9.3). */
export class AlloInquireBalanceDto {
  @OptionalNested(() => SnapChannelInfoDto)
  additionalInfo?: SnapChannelInfoDto;
}
