import { Nested } from '../../../validation/nested.decorators.js';
import {
  MandatoryText,
  OptionalIdentifier,
  OptionalText,
} from '../../../validation/text.decorators.js';
import { SnapAmountDto, SnapAmountMember } from '../../snap-direct-debit/snap-amount.dto.js';

/** `additionalInfo` of `inquireBankAccount`; what DOKU may ask beside goes into the option `extra`. */
export class WalletInquireBankAccountInfoDto {
  /** The bank, such as `014`. Nothing else in the request names it. */
  @MandatoryText(8)
  bankCode!: string;
}

/** Request of `inquireBankAccount` (reference wallet 8). */
export class WalletInquireBankAccountDto {
  /** @defaultValue a new one */
  @OptionalIdentifier(64)
  partnerReferenceNo?: string;

  /** Whose money it is. DOKU does not say whether a phone number or an account id; most likely the former. */
  @MandatoryText(32)
  customerNumber!: string;

  @MandatoryText(32)
  beneficiaryAccountNumber!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  @Nested(() => WalletInquireBankAccountInfoDto, 'an object such as { bankCode }')
  additionalInfo!: WalletInquireBankAccountInfoDto;
}

/** `additionalInfo` of `transferToBank`. */
export class WalletTransferToBankInfoDto {
  /** `referenceNo` of the inquiry. That it belongs here is inferred (reference wallet 9). */
  @MandatoryText(64)
  referenceNo!: string;
}

/**
 * Request of `transferToBank` (reference wallet 9):
 * `{ ...inquiry.forTransferToBank, partnerReferenceNo, accountType }`.
 */
export class WalletTransferToBankDto {
  /** The merchant's own reference of the transfer, not that of the inquiry; store it before the call. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** As in the inquiry. */
  @MandatoryText(32)
  customerNumber!: string;

  /** DOKU documents no values. */
  @MandatoryText(25)
  accountType!: string;

  /** As in the inquiry. */
  @MandatoryText(32)
  beneficiaryAccountNumber!: string;

  /** As the inquiry answered. */
  @MandatoryText(8)
  beneficiaryBankCode!: string;

  /** IDR; as in the inquiry. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  /** Of the inquiry's answer, where it has one. */
  @OptionalIdentifier(64)
  sessionId?: string;

  @OptionalText(25)
  feeType?: string;

  @Nested(() => WalletTransferToBankInfoDto, 'an object such as { referenceNo }')
  additionalInfo!: WalletTransferToBankInfoDto;
}
