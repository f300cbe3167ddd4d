import { amountRules } from './snap-amount.js';
import type { FieldRule } from '../engine/field-rules.js';

export const ADDITIONAL_INFO: FieldRule = {
  field: 'additionalInfo',
  kind: 'object',
  required: true,
};

/** A member of `additionalInfo`. */
export const text = (field: string, max: number): FieldRule => ({
  field: `additionalInfo.${field}`,
  kind: 'text',
  max,
});
export const required = (rule: FieldRule): FieldRule => ({ ...rule, required: true });
export const webAddress = (field: string): FieldRule => ({
  field: `additionalInfo.${field}`,
  kind: 'web-address',
  required: true,
});

/** What every channel asks of a binding (snap reference 9.1). */
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

/** What a payment is made up of (snap reference 9.4). */
export function payOptionFields(payMethods: readonly string[]): FieldRule[] {
  return [
    ...amountRules('amount', { required: true }),
    { field: 'payOptionDetails', kind: 'list', required: true, min: 1 },
    {
      field: 'payOptionDetails[].payMethod',
      kind: 'text',
      required: true,
      pattern: new RegExp(`^(${payMethods.join('|')})$`),
      form: payMethods.join(', ').replace(/, (?=[^,]*$)/, ' or '),
    },
    ...amountRules('payOptionDetails[].transAmount', { required: true }),
    ...amountRules('payOptionDetails[].feeAmount', { required: false, mayBeZero: true }),
  ];
}

/** Snap reference 9.6. */
export const UNBINDING_FIELDS: readonly FieldRule[] = [
  { field: 'tokenId', kind: 'text', required: true, max: 2_048 },
  ADDITIONAL_INFO,
];
