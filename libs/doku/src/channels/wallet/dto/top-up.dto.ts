import { OptionalNested } from '../../../validation/nested.decorators.js';
import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import {
  MandatoryText,
  OptionalDigits,
  OptionalIdentifier,
  OptionalText,
  SnapInstant,
} from '../../../validation/text.decorators.js';
import {
  SnapAmountDto,
  SnapAmountMember,
  SnapFeeDto,
} from '../../snap-direct-debit/snap-amount.dto.js';

/** Request of `inquireTopUpAccount`, from the SNAP standard: DOKU does not document it (reference wallet 10). */
export class WalletInquireTopUpAccountDto {
  /** @defaultValue a new one */
  @OptionalIdentifier(64)
  partnerReferenceNo?: string;

  /** Whose wallet is to be filled. */
  @MandatoryText(32)
  customerNumber!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  /** A `Date`, or ISO 8601 with zone. */
  @SnapInstant('optional')
  transactionDate?: string | Date;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `topUp` (reference wallet 10): `{ ...inquiry.forTopUp, partnerReferenceNo }`. */
export class WalletTopUpDto {
  /** The merchant's own reference of the top-up; store it before the call. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** Whose wallet is filled. */
  @MandatoryText(32)
  customerNumber!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  /** Leave it out unless DOKU told it. */
  @OptionalNested(() => SnapFeeDto)
  feeAmount?: SnapFeeDto;

  /** Of `inquireTopUpAccount`; whether DOKU asks for it is not documented. */
  @OptionalIdentifier(64)
  sessionId?: string;

  @OptionalText(255)
  notes?: string;

  @OptionalText(255)
  customerName?: string;

  /** A `Date`, or ISO 8601 with zone. */
  @SnapInstant('optional')
  transactionDate?: string | Date;

  @OptionalText(10)
  categoryId?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `queryTopUp` (reference wallet 11): `topUp.forQueryTopUp`. */
export class WalletQueryTopUpDto {
  /** `partnerReferenceNo` of the top-up. */
  @MandatoryText(64)
  originalPartnerReferenceNo!: string;

  /** `referenceNo` that the top-up answered; not known when its answer was lost. */
  @OptionalIdentifier(64)
  originalReferenceNo?: string;

  /**
   * `X-EXTERNAL-ID` of the top-up: `dokuCall(topUp).externalId`. After a lost answer `error.externalId`, but only if
   * the top-up was called once: of several attempts nobody knows which DOKU carried out.
   */
  @OptionalIdentifier(64)
  originalExternalId?: string;

  /** Two digits. @defaultValue the option `topUpServiceCode` of the channel */
  @OptionalDigits(2, 2)
  serviceCode?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}
