import type {
  SnapBindingNotification,
  SnapPaymentNotification,
} from '../notifications/snap-notification.js';

/** What a test wants to vary of a payment. */
export interface SnapNotificationFixtureInput {
  /**
   * The merchant's `partnerReferenceNo`.
   * @defaultValue `'INV00000000000000000000000000001'`
   */
  readonly partnerReferenceNo?: string;
  /**
   * DOKU's `referenceNo`.
   * @defaultValue `'DOKU-0001'`
   */
  readonly referenceNo?: string;
  /**
   * IDR with two decimals.
   * @defaultValue `'90000.00'`
   */
  readonly amount?: string;
  /** @defaultValue `'DIRECT_DEBIT_ALLO_SNAP'` */
  readonly channelId?: string;
  /** @defaultValue `'cust-0001'` */
  readonly custIdMerchant?: string;
}

/** What a test wants to vary of a binding. */
export interface SnapBindingFixtureInput {
  /** @defaultValue `'cust-0001'` */
  readonly custIdMerchant?: string;
  /** @defaultValue `'2238241007113952193107119118405011355991'` */
  readonly authCode?: string;
}

function payment(latestTransactionStatus: string, transactionStatusDesc: string) {
  return (input: SnapNotificationFixtureInput = {}): SnapPaymentNotification => ({
    originalPartnerReferenceNo: input.partnerReferenceNo ?? 'INV00000000000000000000000000001',
    originalReferenceNo: input.referenceNo ?? 'DOKU-0001',
    originalExternalId: '202501151030000001',
    latestTransactionStatus,
    transactionStatusDesc,
    amount: { value: input.amount ?? '90000.00', currency: 'IDR' },
    additionalInfo: {
      channelId: input.channelId ?? 'DIRECT_DEBIT_ALLO_SNAP',
      acquirerId: 'ALLO',
      custIdMerchant: input.custIdMerchant ?? 'cust-0001',
      accountType: 'DIRECT_DEBIT',
    },
  });
}

function binding(status: string) {
  return (input: SnapBindingFixtureInput = {}): SnapBindingNotification => ({
    originalExternalId: '202501151030000002',
    additionalInfo: {
      authCode: input.authCode ?? '2238241007113952193107119118405011355991',
      custIdMerchant: input.custIdMerchant ?? 'cust-0001',
      status,
    },
  });
}

/** Payloads for `signSnapNotification`, named after the event that they become. */
export const dokuSnapNotificationFixtures = {
  paymentSucceeded: payment('00', 'Success'),
  paymentPending: payment('03', 'Pending'),
  paymentCancelled: payment('05', 'Cancelled'),
  paymentFailed: payment('06', 'Failed'),
  /** DOKU documents nothing of a refund but the status: neither a number nor an amount of its own. */
  paymentRefunded: payment('04', 'Refunded'),
  bindingSucceeded: binding('SUCCESS'),
  bindingFailed: binding('FAILED'),
  /** Genuine, but of no shape that is known. */
  unrecognised: (): Readonly<Record<string, unknown>> => ({ hello: 'from a newer DOKU' }),
};
