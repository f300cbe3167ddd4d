import type { Binding } from '../bank/binding-book.js';
import type { SnapPayment, SnapPaymentStatus } from '../bank/snap-payment-book.js';
import type { JsonObject } from '../engine/json.js';

interface StatusWords {
  readonly code: string;
  readonly description: string;
}

/** `latestTransactionStatus` (snap reference 9.7). */
const STATUS_WORDS: Readonly<Record<SnapPaymentStatus, StatusWords>> = {
  SUCCESS: { code: '00', description: 'Success' },
  PENDING: { code: '03', description: 'Pending' },
  REFUNDED: { code: '04', description: 'Refunded' },
  CANCELLED: { code: '05', description: 'Cancelled' },
  FAILED: { code: '06', description: 'Failed' },
};

export function statusWordsOf({ status }: SnapPayment): StatusWords {
  return STATUS_WORDS[status];
}

/** The words of a code, as far as it is one of those that are sent here. */
export function descriptionOf(code: string): string | undefined {
  return Object.values(STATUS_WORDS).find((each) => each.code === code)?.description;
}

/** Body of a payment notification (snap reference 12.5). */
export function createPaymentNotice(
  payment: SnapPayment,
  acquirer: string,
  changes: { readonly status?: string; readonly amount?: string } = {},
): JsonObject {
  const { code, description } = statusWordsOf(payment);
  const status = changes.status ?? code;
  return {
    originalPartnerReferenceNo: payment.partnerReferenceNo,
    originalReferenceNo: payment.referenceNo,
    originalExternalId: payment.externalId,
    latestTransactionStatus: status,
    transactionStatusDesc: changes.status === undefined ? description : descriptionOf(status),
    amount: { value: changes.amount ?? payment.amount, currency: 'IDR' },
    additionalInfo: {
      channelId: payment.channel,
      acquirerId: acquirer,
      // Without a binding nobody knows the merchant's customer; the account stands in for them.
      custIdMerchant: payment.custIdMerchant ?? payment.account,
      accountType: 'DIRECT_DEBIT',
      ...(payment.lineItems !== undefined && { lineItems: payment.lineItems }),
      ...(payment.successUrl !== undefined && { successPaymentUrl: payment.successUrl }),
      ...(payment.failedUrl !== undefined && { failedPaymentUrl: payment.failedUrl }),
      origin: { apiFormat: 'SNAP' },
    },
  };
}

/** Body of a binding notification (snap reference 12.6). */
export function createBindingNotice(binding: Binding): JsonObject {
  const { externalId, authCode, custIdMerchant, state } = binding;
  const status = state === 'BOUND' ? 'SUCCESS' : state === 'PENDING' ? 'PENDING' : 'FAILED';
  return { originalExternalId: externalId, additionalInfo: { authCode, custIdMerchant, status } };
}
