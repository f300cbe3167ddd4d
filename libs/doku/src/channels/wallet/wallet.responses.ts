import type { SnapAmount, SnapAnswer } from '../snap-direct-debit/snap-answer.js';
import type {
  SnapRefundHistoryEntry,
  SnapTransactionStatus,
} from '../snap-direct-debit/transaction-status.js';
import type { WalletTransferToBankDto } from './dto/bank-transfer.dto.js';
import type { WalletQueryPurchaseDto } from './dto/purchase.dto.js';
import type { WalletQueryTopUpDto, WalletTopUpDto } from './dto/top-up.dto.js';
import type { WalletVerifyOtpDto } from './dto/verify-otp.dto.js';

/** What names, in `verifyOtp`, the step that the OTP is for. */
export type WalletOtpReferences = Pick<
  WalletVerifyOtpDto,
  'originalPartnerReferenceNo' | 'originalReferenceNo'
>;

type OpenObject = Readonly<Record<string, unknown>>;

/** Answer of `createAccount` (reference wallet 2): the customer has got an OTP. */
export interface WalletAccountCreation extends SnapAnswer {
  /** Ours: `verifyOtp({ ...creation.forVerifyOtp, otp })`. */
  readonly forVerifyOtp: WalletOtpReferences;
  /** DOKU's reference. */
  readonly referenceNo: string;
  /** As it was asked. */
  readonly partnerReferenceNo: string;
  /** Of the SNAP standard, as all that follow. */
  readonly authCode?: string;
  readonly apiKey?: string;
  readonly accountId?: string;
  readonly state?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `verifyOtp` (reference wallet 3). */
export interface WalletOtpVerification extends SnapAnswer {
  /**
   * Ours, after a creation: where the customer sets a PIN. Send the customer's browser there; its token opens
   * the page for anybody.
   */
  readonly pinPageUrl?: string;
  readonly originalPartnerReferenceNo?: string;
  readonly originalReferenceNo?: string;
  readonly email?: string;
  readonly phoneNo?: string;
  /** DOKU does not document its values. */
  readonly sendOtpFlag?: string;
  /** Also where DOKU spells it `qParamsURL`. */
  readonly qparamsURL?: string;
  /** Also where DOKU spells it `qParams`. */
  readonly qparams?: OpenObject;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `bindAccount` (reference wallet 4): nothing is bound before the customer agrees on the page. */
export interface WalletBinding extends SnapAnswer {
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  /** Store it: `unbindAccount` needs it. */
  readonly linkId: string;
  /** Send the customer's browser there. */
  readonly nextAction: string;
  readonly redirectUrl?: string;
  readonly userInfo?: { readonly publicUserId?: string };
}

/** Answer of `inquireAccount` (reference wallet 5). */
export interface WalletAccount extends SnapAnswer {
  readonly partnerReferenceNo?: string;
  readonly additionalInfo?: {
    readonly linkId?: string;
    /** Encrypted. `customer: { accountId }` asks for one of its own, decrypts it and uses it once. */
    readonly authCode?: string;
    readonly remarks?: string;
    readonly merchantId?: string;
    readonly deviceId?: string;
    readonly [member: string]: unknown;
  };
  /** Of the SNAP standard, as all that follow. */
  readonly referenceNo?: string;
  readonly accountCurrency?: string;
  readonly accountName?: string;
  readonly accountNo?: string;
  readonly accountTransactionLimit?: unknown;
  readonly startDatePeriod?: string;
  readonly endDatePeriod?: string;
}

/** Answer of `unbindAccount` (reference wallet 6): not final before `verifyOtp`. */
export interface WalletUnbinding extends SnapAnswer {
  /** Ours. `otp-needed`: the customer has got an OTP. */
  readonly status: 'otp-needed' | 'in-progress';
  /**
   * Ours: `verifyOtp({ ...unbinding.forVerifyOtp, otp })`. Inferred; missing where DOKU gave no `referenceNo`,
   * since it does not document what to send then.
   */
  readonly forVerifyOtp?: WalletOtpReferences;
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  readonly merchantId?: string;
  readonly subMerchantId?: string;
  readonly linkId?: string;
  readonly unlinkResult?: string;
}

/** One balance of a wallet. */
export interface WalletAccountInfo {
  /** Such as `Cash`. */
  readonly balanceType?: string;
  readonly amount?: SnapAmount;
  /** Also where DOKU spells it `flatAmount`. */
  readonly floatAmount?: SnapAmount;
  readonly holdAmount?: SnapAmount;
  /** Also where DOKU spells it `avaliableBalance`. */
  readonly availableBalance?: SnapAmount;
  readonly ledgerBalance?: SnapAmount;
  readonly currentMultilateralLimit?: SnapAmount;
  readonly registrationStatusCode?: string;
  /** `0001` active, `0002` closed, `0004` new, `0006` restricted, `0007` frozen, `0009` dormant. */
  readonly status?: string;
}

/** Answer of `inquireBalance` (reference wallet 7). */
export interface WalletBalance extends SnapAnswer {
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  readonly accountNo?: string;
  readonly name?: string;
  /** Always a list, also where DOKU sends one object or none. */
  readonly accountInfos: readonly WalletAccountInfo[];
  readonly additionalInfo?: OpenObject;
}

/** Answer of `inquireBankAccount` (reference wallet 8): show the customer whose account it is. */
export interface WalletBankAccount extends SnapAnswer {
  /** Ours: `transferToBank({ ...inquiry.forTransferToBank, partnerReferenceNo, accountType })`. */
  readonly forTransferToBank: Omit<WalletTransferToBankDto, 'partnerReferenceNo' | 'accountType'>;
  readonly referenceNo: string;
  readonly partnerReferenceNo?: string;
  readonly beneficiaryAccountNumber?: string;
  readonly beneficiaryAccountName?: string;
  readonly beneficiaryBankCode?: string;
  readonly amount?: SnapAmount;
  readonly sessionId?: string;
  /** Of the SNAP standard, as all that follow. */
  readonly accountType?: string;
  readonly beneficiaryBankShortName?: string;
  readonly beneficiaryBankName?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `transferToBank` (reference wallet 9). */
export interface WalletTransfer extends SnapAnswer {
  /** Ours. `in-progress`: look it up with `getTransaction`. */
  readonly status: 'accepted' | 'in-progress';
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  /** ISO 8601, as sent. */
  readonly transactionDate?: string;
  /** Another number than `referenceNo`. */
  readonly referenceNumber?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `inquireTopUpAccount`, from the SNAP standard (reference wallet 10). */
export interface WalletTopUpAccount extends SnapAnswer {
  /** Ours: `topUp({ ...inquiry.forTopUp, partnerReferenceNo })`. */
  readonly forTopUp: Pick<WalletTopUpDto, 'customerNumber' | 'amount' | 'feeAmount' | 'sessionId'>;
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  readonly sessionId?: string;
  readonly customerNumber?: string;
  readonly customerName?: string;
  readonly customerMonthlyInLimit?: string;
  readonly minAmount?: SnapAmount;
  readonly maxAmount?: SnapAmount;
  readonly amount?: SnapAmount;
  readonly feeAmount?: SnapAmount;
  readonly feeType?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `topUp` (reference wallet 10). */
export interface WalletTopUp extends SnapAnswer {
  /** Ours. `in-progress`: ask `queryTopUp`. */
  readonly status: 'accepted' | 'in-progress';
  /** Ours: `queryTopUp(topUp.forQueryTopUp)`. Store it. */
  readonly forQueryTopUp: Pick<
    WalletQueryTopUpDto,
    'originalPartnerReferenceNo' | 'originalReferenceNo' | 'originalExternalId'
  >;
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  readonly sessionId?: string;
  readonly customerNumber?: string;
  readonly amount?: SnapAmount;
  readonly referenceNumber?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `queryTopUp` (reference wallet 11); `paid` means that the money is in the wallet. */
export type WalletTopUpStatus = Pick<
  SnapTransactionStatus,
  | 'responseCode'
  | 'responseMessage'
  | 'status'
  | 'latestTransactionStatus'
  | 'transactionStatusDesc'
  | 'originalPartnerReferenceNo'
  | 'originalReferenceNo'
  | 'originalExternalId'
  | 'serviceCode'
> & { readonly amount?: SnapAmount; readonly additionalInfo?: OpenObject };

/** Answer of `purchase` (reference wallet 12); nothing is paid yet. */
export interface WalletPurchase extends SnapAnswer {
  /** Ours. `in-progress`: there is no page to show yet, ask `queryPurchase`. */
  readonly status: 'page-created' | 'in-progress';
  /** Ours: `queryPurchase(purchase.forQueryPurchase)`. Store it. */
  readonly forQueryPurchase: Pick<
    WalletQueryPurchaseDto,
    'originalPartnerReferenceNo' | 'originalReferenceNo' | 'transactionDate'
  >;
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  /** The PIN page: send the customer's browser, or a webview, there. Has a value when `page-created`. */
  readonly webRedirectUrl?: string;
  readonly appRedirectUrl?: string;
  readonly approvalCode?: string;
  readonly additionalInfo?: OpenObject;
}

/** One refund of a purchase. `refundStatus` is `00` done, `03` pending, `06` failed. */
export interface WalletRefundHistoryEntry extends Omit<
  SnapRefundHistoryEntry,
  'partnerReferenceNo'
> {
  readonly partnerRefundNo?: string;
}

/** Answer of `queryPurchase` (reference wallet 13). */
export interface WalletPurchaseStatus extends Omit<SnapTransactionStatus, 'refundHistory'> {
  readonly refundHistory?: readonly WalletRefundHistoryEntry[];
}

/** Answer of `cancelPurchase` (reference wallet 14). */
export interface WalletCancellation extends SnapAnswer {
  /** Ours. `in-progress`: ask `queryPurchase`, whose `cancelled` means that it is done. */
  readonly status: 'accepted' | 'in-progress';
  readonly originalPartnerReferenceNo?: string;
  readonly originalReferenceNo?: string;
  readonly originalExternalId?: string;
  /** ISO 8601, as sent. */
  readonly cancelTime?: string;
  readonly transactionDate?: string;
  readonly additionalInfo?: OpenObject;
}

/** Answer of `refundPurchase` (reference wallet 15). */
export interface WalletRefund extends SnapAnswer {
  /** Ours. `in-progress`: ask `queryPurchase`, whose `refundHistory` tells. */
  readonly status: 'accepted' | 'in-progress';
  readonly originalPartnerReferenceNo?: string;
  readonly originalReferenceNo?: string;
  readonly originalExternalId?: string;
  readonly partnerTrxId?: string;
  /** DOKU's number of the refund. */
  readonly refundNo?: string;
  readonly partnerRefundNo?: string;
  readonly refundAmount?: SnapAmount;
  /** ISO 8601, as sent. */
  readonly refundTime?: string;
  readonly additionalInfo?: OpenObject;
}

/** Where money came from. */
export interface WalletSourceOfFunds {
  /** Such as `BALANCE`. */
  readonly source?: string;
  readonly amount?: SnapAmount;
}

/** What rows of the history and their details share. */
interface WalletTransactionFacts {
  /** ISO 8601, as sent. */
  readonly dateTime?: string;
  readonly amount?: SnapAmount;
  readonly remark?: string;
  readonly sourceOfFunds?: readonly WalletSourceOfFunds[];
  readonly status: 'INIT' | 'SUCCESS' | 'CLOSED' | 'CANCELLED' | (string & {});
  /** `DISBURSMENT` is spelt so. */
  readonly type?:
    | 'PAYMENT'
    | 'REFUND'
    | 'TOP_UP'
    | 'SEND_MONEY'
    | 'RECEIVE_MONEY'
    | 'DISBURSMENT'
    | (string & {});
  readonly additionalInfo?: OpenObject;
}

/** A row of the history; it has no reference of its own. */
export type WalletTransaction = WalletTransactionFacts;

/** Answer of `listTransactions` (reference wallet 16): one page, the newest first. */
export interface WalletTransactionPage extends SnapAnswer {
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  /** Always a list, also where DOKU sends none. */
  readonly detailData: readonly WalletTransaction[];
  readonly additionalInfo?: OpenObject;
}

/** Answer of `getTransaction` (reference wallet 17). */
export interface WalletTransactionDetail extends SnapAnswer, WalletTransactionFacts {
  readonly referenceNo?: string;
  readonly partnerReferenceNo?: string;
  readonly refundAmount?: SnapAmount;
  /** ISO 8601, as sent. */
  readonly cancelledTime?: string;
}
