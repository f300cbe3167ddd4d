import { OptionalNested } from '../../validation/nested.decorators.js';
import {
  OptionalDigits,
  OptionalIdentifier,
  OptionalInstant,
  OptionalText,
} from '../../validation/text.decorators.js';
import { SnapChannelInfoDto } from './channel-info.dto.js';
import { SnapAmountDto, SnapAmountMember } from './snap-amount.dto.js';

/** `additionalInfo` of `checkStatus`. */
export class SnapCheckStatusInfoDto extends SnapChannelInfoDto {
  @OptionalText()
  deviceId?: string;
}

/** Request of `checkStatus` (reference snap 9.7); at least one of the first three must be given. */
export class SnapCheckStatusDto {
  /** `partnerReferenceNo` of the payment; the one to give. */
  @OptionalIdentifier(64)
  originalPartnerReferenceNo?: string;

  /** DOKU's `referenceNo` of the payment. */
  @OptionalIdentifier(64)
  originalReferenceNo?: string;

  /** `X-EXTERNAL-ID` of the payment: `dokuCall(payment).externalId` (at most 36, reference snap C22). */
  @OptionalIdentifier(36)
  originalExternalId?: string;

  /** Two digits. @defaultValue the option `statusServiceCode` of the channel (reference snap C14) */
  @OptionalDigits(2, 2)
  serviceCode?: string;

  /** ISO 8601 with zone, such as `2025-01-15T10:30:00+07:00`. */
  @OptionalInstant()
  transactionDate?: string;

  /** IDR. */
  @SnapAmountMember('optional')
  amount?: SnapAmountDto;

  @OptionalText()
  merchantId?: string;

  @OptionalText()
  subMerchantId?: string;

  @OptionalText()
  externalStoreId?: string;

  @OptionalNested(() => SnapCheckStatusInfoDto)
  additionalInfo?: SnapCheckStatusInfoDto;
}
