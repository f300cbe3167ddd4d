import { amountRules } from '../../snap/snap-amount.js';
import { refundFields } from '../../snap/snap-refunds.js';
import type { FieldRule } from '../../engine/field-rules.js';

const ADDITIONAL_INFO: FieldRule = { field: 'additionalInfo', kind: 'object', required: true };

const text = (field: string, max: number): FieldRule => ({
  field: `additionalInfo.${field}`,
  kind: 'text',
  max,
});
const required = (rule: FieldRule): FieldRule => ({ ...rule, required: true });
const webAddress = (field: string): FieldRule => ({
  field: `additionalInfo.${field}`,
  kind: 'web-address',
  required: true,
});

/** Snap reference 9.1. */
export const BINDING_FIELDS: readonly FieldRule[] = [
  {
    field: 'phoneNo',
    kind: 'text',
    required: true,
    pattern: /^[0-9]{9,16}$/,
    form: 'a string of 9 to 16 digits that begins with the country code',
  },
  ADDITIONAL_INFO,
  required(text('custIdMerchant', 64)),
  webAddress('successRegistrationUrl'),
  webAddress('failedRegistrationUrl'),
  required(text('deviceModel', 64)),
  {
    field: 'additionalInfo.osType',
    kind: 'text',
    required: true,
    pattern: /^(ios|android)$/,
    form: '"ios" or "android"',
  },
  {
    field: 'additionalInfo.channelId',
    kind: 'text',
    required: true,
    pattern: /^(app|web)$/,
    form: '"app" or "web"',
  },
  text('customerName', 70),
  text('email', 64),
  text('idCard', 20),
  text('country', 60),
  text('address', 255),
  {
    field: 'additionalInfo.dateOfBirth',
    kind: 'text',
    pattern: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
    form: 'a date as YYYYMMDD',
  },
];

/** Snap reference 9.3. */
export const BALANCE_FIELDS: readonly FieldRule[] = [ADDITIONAL_INFO];

/** Snap reference 9.4; the shortest reference is open (C4), so short ones are taken. */
export const PAYMENT_FIELDS: readonly FieldRule[] = [
  {
    field: 'partnerReferenceNo',
    kind: 'text',
    required: true,
    pattern: /^[A-Za-z0-9]{1,64}$/,
    form: 'a string of 1 to 64 letters and digits',
  },
  ...amountRules('amount', { required: true }),
  { field: 'payOptionDetails', kind: 'list', required: true, min: 1 },
  {
    field: 'payOptionDetails[].payMethod',
    kind: 'text',
    required: true,
    pattern: /^(BALANCE|POINT|PAYLATER)$/,
    form: 'BALANCE, POINT or PAYLATER',
  },
  ...amountRules('payOptionDetails[].transAmount', { required: true }),
  ...amountRules('payOptionDetails[].feeAmount', { required: false, mayBeZero: true }),
  { field: 'chargeToken', kind: 'text', max: 32 },
  ADDITIONAL_INFO,
  required(text('remarks', 40)),
  webAddress('successPaymentUrl'),
  webAddress('failedPaymentUrl'),
  { field: 'additionalInfo.lineItems', kind: 'list', required: true, min: 1 },
  { field: 'additionalInfo.lineItems[].name', kind: 'text', required: true, max: 32 },
  {
    field: 'additionalInfo.lineItems[].price',
    kind: 'text',
    required: true,
    pattern: /^[0-9]{1,16}\.[0-9]{2}$/,
    form: 'a string of 1 to 16 digits, a point and 2 digits',
  },
  { field: 'additionalInfo.lineItems[].quantity', kind: 'digits', required: true },
  {
    field: 'additionalInfo.otpStatus',
    kind: 'text',
    pattern: /^(YES|NO)$/,
    form: '"YES" or "NO"',
  },
  text('merchantTrxId', 64),
];

/** Snap reference 9.5; the limit is open (C5), so up to 64 are taken. */
export const REFUND_FIELDS: readonly FieldRule[] = refundFields({
  field: 'partnerRefundNo',
  kind: 'text',
  required: true,
  pattern: /^[A-Za-z0-9-]{1,64}$/,
  form: 'a string of 1 to 64 letters, digits and hyphens',
});

/** Snap reference 9.6. */
export const UNBINDING_FIELDS: readonly FieldRule[] = [
  { field: 'tokenId', kind: 'text', required: true, max: 2_048 },
  ADDITIONAL_INFO,
];
