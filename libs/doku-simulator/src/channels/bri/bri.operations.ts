import {
  CUSTOMER,
  DELETE_FIELDS,
  FOREIGN_CARD_TOKEN,
  FOREIGN_CARDS,
  FOREIGN_CUSTOMER,
  FOREIGN_DELETION,
  FOREIGN_INVOICE,
  FOREIGN_TOKEN,
  LIST_FIELDS,
  OTP_EXPIRATION,
  PAYMENT_FIELDS,
  PAYMENT_OTP,
  TRANSACTION_TOKEN,
} from '../../direct-debit/direct-debit.fields.js';
import { BRI } from './bri.bank.js';
import type { FieldRule } from '../../engine/field-rules.js';
import type { Operation } from '../../engine/operation.js';

// Most of BRI's bodies and statuses are not documented: they follow reference 3.8 to 3.16, whose
// conclusions are drawn from CIMB.
const REGISTRATION_TOKEN: FieldRule = {
  field: 'debit_card.token',
  kind: 'text',
  required: true,
  max: 128,
};
const FOREIGN_PAYMENT = {
  order: { invoice_number: FOREIGN_INVOICE, amount: 1 },
  payment: { token: FOREIGN_TOKEN, status: 'SUCCESS' },
  customer: FOREIGN_CUSTOMER,
};

export const REGISTER_CARD: Operation = {
  name: 'bri.registerCard',
  method: 'POST',
  path: `${BRI.basePath}/token`,
  successStatus: 201,
  fields: [...CUSTOMER, { field: 'debit_card', kind: 'object' }],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    debit_card: { token: 'registration-of-somebody-else', status: 'PENDING' },
  },
};

export const VALIDATE_REGISTRATION_OTP: Operation = {
  name: 'bri.validateRegistrationOtp',
  method: 'POST',
  path: `${BRI.basePath}/token/validate`,
  successStatus: 200,
  fields: [REGISTRATION_TOKEN, { field: 'debit_card.otp', kind: 'text', required: true, max: 6 }],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    debit_card: { token_id: FOREIGN_CARD_TOKEN, status: 'SUCCESS' },
  },
};

export const RESEND_REGISTRATION_OTP: Operation = {
  name: 'bri.resendRegistrationOtp',
  method: 'POST',
  path: `${BRI.basePath}/token-otp`,
  successStatus: 200,
  fields: [REGISTRATION_TOKEN],
  foreignAnswer: { debit_card: { token: 'registration-of-somebody-else' } },
};

export const LIST_TOKENS: Operation = {
  name: 'bri.listTokens',
  method: 'POST',
  path: `${BRI.basePath}/tokens`,
  successStatus: 200,
  fields: LIST_FIELDS,
  foreignAnswer: FOREIGN_CARDS,
};

export const CREATE_PAYMENT: Operation = {
  name: 'bri.createPayment',
  method: 'POST',
  path: `${BRI.basePath}/payment`,
  successStatus: 201,
  fields: [...PAYMENT_FIELDS, OTP_EXPIRATION],
  foreignAnswer: FOREIGN_PAYMENT,
};

export const VALIDATE_PAYMENT_OTP: Operation = {
  name: 'bri.validatePaymentOtp',
  method: 'POST',
  path: `${BRI.basePath}/payment/validate`,
  successStatus: 200,
  fields: [TRANSACTION_TOKEN, PAYMENT_OTP],
  foreignAnswer: FOREIGN_PAYMENT,
};

export const RESEND_PAYMENT_OTP: Operation = {
  name: 'bri.resendPaymentOtp',
  method: 'POST',
  path: `${BRI.basePath}/payment-otp`,
  successStatus: 200,
  fields: [TRANSACTION_TOKEN],
  foreignAnswer: { payment: { token: FOREIGN_TOKEN } },
};

export const CREATE_RECURRING_PAYMENT: Operation = {
  name: 'bri.createRecurringPayment',
  method: 'POST',
  path: `${BRI.basePath}/payment-recurring`,
  successStatus: 201,
  // Whether the last three are used is not documented; one sample has them (reference 3.15).
  fields: [
    ...PAYMENT_FIELDS,
    OTP_EXPIRATION,
    { field: 'channel.id', kind: 'text', max: 64 },
    { field: 'acquirer.id', kind: 'text', max: 64 },
  ],
  foreignAnswer: FOREIGN_PAYMENT,
};

export const DELETE_TOKEN: Operation = {
  name: 'bri.deleteToken',
  method: 'POST',
  path: `${BRI.basePath}/token-delete`,
  successStatus: 200,
  fields: DELETE_FIELDS,
  foreignAnswer: FOREIGN_DELETION,
};

export const BRI_OPERATIONS = [
  REGISTER_CARD,
  VALIDATE_REGISTRATION_OTP,
  RESEND_REGISTRATION_OTP,
  LIST_TOKENS,
  CREATE_PAYMENT,
  VALIDATE_PAYMENT_OTP,
  RESEND_PAYMENT_OTP,
  CREATE_RECURRING_PAYMENT,
  DELETE_TOKEN,
] as const;
