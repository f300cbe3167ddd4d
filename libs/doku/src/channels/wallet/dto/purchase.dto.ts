import { OptionalList, OptionalNested } from '../../../validation/nested.decorators.js';
import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import {
  MandatoryText,
  MandatoryWebUrl,
  OneOf,
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
import { WalletMerchantPartsDto } from './wallet-parts.dto.js';

/** An address of the merchant. */
export class WalletUrlParamDto {
  @MandatoryWebUrl(512)
  url!: string;

  /** `PAY_RETURN`: where the browser lands. DOKU documents no notification for purchases: query. */
  @OneOf('mandatory', ['PAY_RETURN', 'PAY_NOTIFY'])
  type!: 'PAY_RETURN' | 'PAY_NOTIFY';

  @OneOf('mandatory', ['Y', 'N'])
  isDeeplink!: 'Y' | 'N';
}

/** One source of the money, as the SNAP standard has it. */
export class WalletPayOptionDto {
  @OptionalText(64)
  payMethod?: string;

  @OptionalText(64)
  payOption?: string;

  /** IDR. */
  @SnapAmountMember('optional')
  transAmount?: SnapAmountDto;

  @OptionalNested(() => SnapFeeDto)
  feeAmount?: SnapFeeDto;

  @OptionalIdentifier(64)
  cardToken?: string;

  @OptionalIdentifier(64)
  merchantToken?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `purchase` (reference wallet 12). */
export class WalletPurchaseDto extends WalletMerchantPartsDto {
  /** The merchant's own reference of the purchase; store it, and the time, before the call. */
  @MandatoryText(64)
  partnerReferenceNo!: string;

  /** IDR. */
  @SnapAmountMember('mandatory')
  amount!: SnapAmountDto;

  @OptionalList(() => WalletUrlParamDto)
  urlParams?: WalletUrlParamDto[];

  /** Of the SNAP standard, as all that follow; DOKU's wallet shows none of them. */
  @OptionalIdentifier(64)
  terminalId?: string;

  @OptionalIdentifier(64)
  journeyId?: string;

  @OptionalIdentifier(128)
  bankCardToken?: string;

  @OptionalIdentifier(40)
  chargeToken?: string;

  @OptionalDigits(1, 8)
  otp?: string;

  @OptionalText(2)
  otpTrxCode?: string;

  @SnapInstant('optional')
  validUpTo?: string | Date;

  @OptionalText(20)
  pointOfInitiation?: string;

  @OptionalText(25)
  feeType?: string;

  @OptionalText(64)
  disabledPayMethods?: string;

  @OptionalList(() => WalletPayOptionDto)
  payOptionDetails?: WalletPayOptionDto[];

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** What names a purchase. */
export class WalletOriginalPurchaseDto extends WalletMerchantPartsDto {
  /** `partnerReferenceNo` of the purchase. */
  @MandatoryText(64)
  originalPartnerReferenceNo!: string;

  /** `referenceNo` that the purchase answered. */
  @OptionalIdentifier(64)
  originalReferenceNo?: string;

  /** `X-EXTERNAL-ID` of the purchase: `dokuCall(purchase).externalId`. */
  @OptionalIdentifier(36)
  originalExternalId?: string;

  @OptionalOpenObject()
  additionalInfo?: Readonly<Record<string, unknown>>;
}

/** Request of `queryPurchase` (reference wallet 13): `purchase.forQueryPurchase`. */
export class WalletQueryPurchaseDto extends WalletOriginalPurchaseDto {
  /** Two digits. @defaultValue the option `purchaseServiceCode` of the channel */
  @OptionalDigits(2, 2)
  serviceCode?: string;

  /** When the purchase was made: store it before the call. A `Date`, or ISO 8601 with zone. */
  @SnapInstant('mandatory')
  transactionDate!: string | Date;

  /** IDR. */
  @SnapAmountMember('optional')
  amount?: SnapAmountDto;
}

/** Request of `cancelPurchase` (reference wallet 14): always the whole purchase. */
export class WalletCancelPurchaseDto extends WalletOriginalPurchaseDto {
  @OptionalText(256)
  reason?: string;

  @OptionalIdentifier(20)
  approvalCode?: string;

  /** IDR. */
  @SnapAmountMember('optional')
  amount?: SnapAmountDto;
}

/** Request of `refundPurchase` (reference wallet 15). */
export class WalletRefundPurchaseDto extends WalletOriginalPurchaseDto {
  /** The merchant's own number of this refund; store it before the call, and keep it for a repeat. */
  @MandatoryText(64)
  partnerRefundNo!: string;

  /** IDR. Whether a part can be refunded is not documented. */
  @SnapAmountMember('mandatory')
  refundAmount!: SnapAmountDto;

  @OptionalText(256)
  reason?: string;
}
