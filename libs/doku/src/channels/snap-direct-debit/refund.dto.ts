import {
  MandatoryText,
  OptionalIdentifier,
  OptionalText,
} from '../../validation/text.decorators.js';
import { OptionalNested } from '../../validation/nested.decorators.js';
import { SnapChannelInfoDto } from './channel-info.dto.js';
import { SnapAmountDto, SnapAmountMember } from './snap-amount.dto.js';

/** Request of `refund` (reference snap 9.5, 10.2): all of a paid payment, or a part. */
export class SnapRefundDto {
  /** `partnerReferenceNo` of the payment. */
  @MandatoryText(64)
  originalPartnerReferenceNo!: string;

  /** `X-EXTERNAL-ID` of the payment: `dokuCall(payment).externalId`. */
  @OptionalIdentifier(36)
  originalExternalId?: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  refundAmount!: SnapAmountDto;

  /** In the customer's words, at most 255 characters. */
  @OptionalText(255)
  reason?: string;

  /**
   * The merchant's own number of this refund; store it before the call, and keep it for a repeat. DOKU's
   * documents disagree about its length (reference snap C5).
   */
  @MandatoryText(64)
  partnerRefundNo!: string;

  @OptionalNested(() => SnapChannelInfoDto)
  additionalInfo?: SnapChannelInfoDto;
}
