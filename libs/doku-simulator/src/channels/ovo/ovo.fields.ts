import { ADDITIONAL_INFO, payOptionFields } from '../../snap/account-fields.js';
import { refundFields } from '../../snap/snap-refunds.js';
import type { FieldRule } from '../../engine/field-rules.js';

const oneOf = (field: string, choices: string): FieldRule => ({
  field,
  kind: 'text',
  pattern: new RegExp(`^(${choices})$`),
  form: `one of ${choices.replaceAll('|', ', ')}`,
});

/** Snap reference 11; a refund takes no longer reference (C33). */
export const PAYMENT_FIELDS: readonly FieldRule[] = [
  {
    field: 'partnerReferenceNo',
    kind: 'text',
    required: true,
    pattern: /^[A-Za-z0-9-]{1,64}$/,
    form: 'a string of 1 to 64 letters, digits and hyphens',
  },
  oneOf('feeType', 'OUR|BEN|SHA'),
  ...payOptionFields(['CASH', 'POINTS']),
  ADDITIONAL_INFO,
  { ...oneOf('additionalInfo.paymentType', 'SALE|RECURRING'), required: true },
  { field: 'additionalInfo.successPaymentUrl', kind: 'web-address' },
  { field: 'additionalInfo.failedPaymentUrl', kind: 'web-address' },
];

/** Snap reference 11. */
export const REFUND_FIELDS: readonly FieldRule[] = [
  ...refundFields({
    field: 'partnerRefundNo',
    kind: 'text',
    required: true,
    pattern: /^[A-Za-z0-9-]{1,64}$/,
    form: 'a string of 1 to 64 letters, digits and hyphens',
  }),
  { field: 'originalPartnerReferenceNo', kind: 'text', max: 32 },
];
