import { isObject, readMember } from '../http/members.js';

/** An amount as SNAP spells it: `{ value: '50000.00', currency: 'IDR' }`. */
export interface SnapNotificationAmount {
  readonly value: string;
  readonly currency: string;
}

/** One position of a payment, as it was given. */
export interface SnapNotificationLineItem {
  readonly name?: string;
  readonly price?: string | number;
  readonly quantity?: string | number;
}

/**
 * SNAP notification of a payment (reference snap 12.5). The reference and the status are certain; the rest
 * is as DOKU documents it, and it may add more at any time.
 */
export interface SnapPaymentNotification {
  /** `partnerReferenceNo` of the payment. */
  readonly originalPartnerReferenceNo: string;
  /** `referenceNo` in DOKU's answer to the payment. */
  readonly originalReferenceNo?: string;
  /** `X-EXTERNAL-ID` of the payment call. */
  readonly originalExternalId?: string;
  /** `'00'` paid, `'03'` pending, `'04'` refunded, `'05'` cancelled, `'06'` failed. */
  readonly latestTransactionStatus: string;
  readonly transactionStatusDesc?: string;
  readonly amount?: SnapNotificationAmount;
  /** Here or in `additionalInfo`, as DOKU's libraries differ (reference snap C17). */
  readonly lineItems?: readonly SnapNotificationLineItem[];
  readonly additionalInfo?: {
    readonly lineItems?: readonly SnapNotificationLineItem[];
    /** DOKU's channel code, such as `DIRECT_DEBIT_ALLO_SNAP`; some of its libraries call it `channel`. */
    readonly channelId?: string;
    readonly channel?: string;
    readonly acquirerId?: string;
    readonly custIdMerchant?: string;
    readonly accountType?: string;
    readonly [member: string]: unknown;
  };
  /** Stands in non-SNAP notifications only, and tells the two apart. */
  readonly transaction?: undefined;
  readonly [member: string]: unknown;
}

/** SNAP notification of an account binding (reference snap 12.6: seen in production, not documented). */
export interface SnapBindingNotification {
  readonly originalExternalId?: string;
  readonly additionalInfo: {
    /** Exchanged for the customer's token. A credential: store it as one, and keep it out of logs. */
    readonly authCode: string;
    /** The merchant's own id of the customer. */
    readonly custIdMerchant: string;
    /** `'SUCCESS'`, `'PENDING'`, `'FAILED'`; some of DOKU's libraries call it `accountStatus` (C15). */
    readonly status?: string;
    readonly accountStatus?: string;
    readonly [member: string]: unknown;
  };
  readonly [member: string]: unknown;
}

export function isSnapPaymentNotification(payload: unknown): payload is SnapPaymentNotification {
  return (
    isObject(payload) &&
    isFilled(payload.originalPartnerReferenceNo) &&
    isFilled(payload.latestTransactionStatus)
  );
}

export function isSnapBindingNotification(payload: unknown): payload is SnapBindingNotification {
  return (
    tellsOfBinding(payload) &&
    isFilled(readMember(payload, ['additionalInfo', 'custIdMerchant'])) &&
    bindingStatusOf(payload) !== undefined
  );
}

/** Status of a binding, by either name (reference snap C15). */
export function bindingStatusOf(payload: unknown): string | undefined {
  return ['status', 'accountStatus']
    .map((member) => readMember(payload, ['additionalInfo', member]))
    .find(isFilled);
}

/** Whether a notification is about a binding, even if it cannot be understood (reference snap 12.6). */
export function tellsOfBinding(payload: unknown): boolean {
  return (
    isFilled(readMember(payload, ['additionalInfo', 'authCode'])) &&
    readMember(payload, ['latestTransactionStatus']) === undefined
  );
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
