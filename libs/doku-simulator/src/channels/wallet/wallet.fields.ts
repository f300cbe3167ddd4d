import { amountRules } from '../../snap/snap-amount.js';
import type { FieldRule } from '../../engine/field-rules.js';

const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;

const text = (field: string, max: number): FieldRule => ({ field, kind: 'text', max });
const required = (rule: FieldRule): FieldRule => ({ ...rule, required: true });
const dateTime = (field: string): FieldRule => ({
  field,
  kind: 'text',
  pattern: ISO_DATE_TIME,
  form: 'a date and time such as "2024-01-15T10:15:00+07:00"',
});
const serviceCode = (pattern: RegExp, form: string): FieldRule => ({
  field: 'serviceCode',
  kind: 'text',
  required: true,
  pattern,
  form,
});

const PARTNER_REFERENCE = required(text('partnerReferenceNo', 64));
const ORIGINAL_PARTNER_REFERENCE = required(text('originalPartnerReferenceNo', 64));
const ADDITIONAL_INFO: FieldRule = { field: 'additionalInfo', kind: 'object' };
const ACCOUNT_ID_LENGTH = 36;
const REDIRECT_URL: FieldRule = { field: 'redirectUrl', kind: 'web-address', required: true };
const CUSTOMER_NUMBER = required(text('customerNumber', 32));

export const CREATION: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  required(text('name', 128)),
  {
    field: 'phoneNo',
    kind: 'text',
    required: true,
    pattern: /^(0|62)[0-9]{7,14}$/,
    form: 'a string of at most 16 digits that begins with 08 or 628',
  },
  {
    field: 'email',
    kind: 'text',
    required: true,
    pattern: /^[^\s@]{1,64}@[^\s@]{1,189}$/,
    form: 'an e-mail address of at most 254 characters',
  },
  REDIRECT_URL,
  ADDITIONAL_INFO,
];

export const OTP_VERIFICATION: readonly FieldRule[] = [
  ORIGINAL_PARTNER_REFERENCE,
  required(text('originalReferenceNo', 64)),
  required(text('otp', 8)),
  ADDITIONAL_INFO,
  text('additionalInfo.deviceId', 400),
];

export const BINDING: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  REDIRECT_URL,
  { field: 'successParams', kind: 'object', required: true },
  required(text('successParams.accountId', ACCOUNT_ID_LENGTH)),
  text('merchantId', 64),
  ADDITIONAL_INFO,
];

export const ACCOUNT_INQUIRY: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  { ...ADDITIONAL_INFO, required: true },
  required(text('additionalInfo.accountId', ACCOUNT_ID_LENGTH)),
];

export const UNBINDING: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  required(text('linkId', 24)),
  required(text('merchantId', 64)),
  ADDITIONAL_INFO,
];

export const BALANCE_INQUIRY: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  text('accountNo', 16),
  text('bankCardToken', 128),
  { field: 'balanceTypes', kind: 'list' },
  ADDITIONAL_INFO,
];

export const BANK_ACCOUNT_INQUIRY: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  CUSTOMER_NUMBER,
  required(text('beneficiaryAccountNumber', 32)),
  ...amountRules('amount', { required: true }),
  { ...ADDITIONAL_INFO, required: true },
  required(text('additionalInfo.bankCode', 8)),
];

export const BANK_TRANSFER: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  CUSTOMER_NUMBER,
  required(text('accountType', 25)),
  required(text('beneficiaryAccountNumber', 32)),
  required(text('beneficiaryBankCode', 8)),
  ...amountRules('amount', { required: true }),
  text('sessionId', 25),
  text('feeType', 25),
  { ...ADDITIONAL_INFO, required: true },
  required(text('additionalInfo.referenceNo', 64)),
];

export const TOP_UP_INQUIRY: readonly FieldRule[] = [
  text('partnerReferenceNo', 64),
  CUSTOMER_NUMBER,
  ...amountRules('amount', { required: true }),
  dateTime('transactionDate'),
  ADDITIONAL_INFO,
];

export const TOP_UP: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  CUSTOMER_NUMBER,
  text('sessionId', 25),
  text('notes', 255),
  ...amountRules('amount', { required: true }),
  ...amountRules('feeAmount', { required: false, mayBeZero: true }),
  text('customerName', 255),
  dateTime('transactionDate'),
  text('categoryId', 10),
  ADDITIONAL_INFO,
];

export const TOP_UP_QUERY: readonly FieldRule[] = [
  ORIGINAL_PARTNER_REFERENCE,
  text('originalReferenceNo', 64),
  text('originalExternalId', 64),
  serviceCode(/^38$/, '"38", the service of the top-up'),
  ADDITIONAL_INFO,
];

export const PURCHASE: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  text('merchantId', 64),
  ...amountRules('amount', { required: true }),
  { field: 'urlParams', kind: 'list' },
  required(text('urlParams[].url', 512)),
  {
    field: 'urlParams[].type',
    kind: 'text',
    required: true,
    pattern: /^PAY_(RETURN|NOTIFY)$/,
    form: 'PAY_RETURN or PAY_NOTIFY',
  },
  {
    field: 'urlParams[].isDeeplink',
    kind: 'text',
    required: true,
    pattern: /^[YN]$/,
    form: '"Y" or "N"',
  },
  ADDITIONAL_INFO,
];

export const PURCHASE_QUERY: readonly FieldRule[] = [
  ORIGINAL_PARTNER_REFERENCE,
  text('originalReferenceNo', 64),
  text('originalExternalId', 36),
  serviceCode(/^(17|54|55)$/, '"17", or "54" or "55" as other sources have it'),
  required(dateTime('transactionDate')),
  ...amountRules('amount', { required: false }),
  ADDITIONAL_INFO,
];

export const CANCELLATION: readonly FieldRule[] = [
  ORIGINAL_PARTNER_REFERENCE,
  text('originalReferenceNo', 64),
  text('originalExternalId', 36),
  text('reason', 256),
  ...amountRules('amount', { required: false }),
  ADDITIONAL_INFO,
];

export const REFUND: readonly FieldRule[] = [
  ORIGINAL_PARTNER_REFERENCE,
  text('originalReferenceNo', 64),
  text('originalExternalId', 36),
  required(text('partnerRefundNo', 64)),
  ...amountRules('refundAmount', { required: true }),
  text('reason', 256),
  ADDITIONAL_INFO,
];

export const HISTORY: readonly FieldRule[] = [
  PARTNER_REFERENCE,
  required(dateTime('fromDateTime')),
  required(dateTime('toDateTime')),
  { field: 'pageSize', kind: 'digits', max: 2 },
  { field: 'pageNumber', kind: 'digits', max: 9 },
  ADDITIONAL_INFO,
];

export const HISTORY_DETAIL: readonly FieldRule[] = [ORIGINAL_PARTNER_REFERENCE, ADDITIONAL_INFO];
