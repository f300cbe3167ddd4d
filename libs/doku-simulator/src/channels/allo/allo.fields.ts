import {
  ADDITIONAL_INFO,
  BINDING_FIELDS as ANY_BINDING_FIELDS,
  payOptionFields,
  required,
  text,
  webAddress,
} from '../../snap/account-fields.js';
import { refundFields } from '../../snap/snap-refunds.js';
import type { FieldRule } from '../../engine/field-rules.js';

/** Snap reference 9.1. */
export const BINDING_FIELDS: readonly FieldRule[] = [
  ...ANY_BINDING_FIELDS,
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
];

/** Snap reference 9.4; the shortest reference is open (C4), so short ones are taken. */
export const PAYMENT_FIELDS: readonly FieldRule[] = [
  {
    field: 'partnerReferenceNo',
    kind: 'text',
    required: true,
    pattern: /^[A-Za-z0-9]{1,64}$/,
    form: 'a string of 1 to 64 letters and digits',
  },
  ...payOptionFields(['BALANCE', 'POINT', 'PAYLATER']),
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
