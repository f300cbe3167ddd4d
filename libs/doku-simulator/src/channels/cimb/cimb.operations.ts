import type { FieldRule } from '../../engine/field-rules.js';
import type { Operation } from '../../engine/operation.js';

// Where DOKU's tables contradict each other, the limits are those of reference 3.19.
const CUSTOMER_ID: FieldRule = { field: 'customer.id', kind: 'text', required: true, max: 50 };
const CUSTOMER_NAME: FieldRule = { field: 'customer.name', kind: 'text', max: 64 };

const CUSTOMER: readonly FieldRule[] = [
  { field: 'customer', kind: 'object', required: true },
  CUSTOMER_ID,
  CUSTOMER_NAME,
  { field: 'customer.email', kind: 'text', max: 64 },
  { field: 'customer.phone', kind: 'digits', max: 20 },
  { field: 'customer.address', kind: 'text', max: 255 },
  {
    field: 'customer.country',
    kind: 'text',
    pattern: /^[A-Za-z ]{2,60}$/,
    form: '2 to 60 letters, best the two of ISO 3166-1 such as "ID"',
  },
  { field: 'customer.id_card', kind: 'text', max: 20 },
  {
    field: 'customer.date_of_birth',
    kind: 'text',
    pattern: /^(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-\d{4}$/,
    form: 'a date as dd-MM-yyyy',
  },
  { field: 'customer.additional_info', kind: 'text-or-object', max: 256 },
];

const CARD_TOKEN_LENGTH = 128;
const TRANSACTION_TOKEN: FieldRule = {
  field: 'payment.token',
  kind: 'text',
  required: true,
  max: 256,
};
const INVOICE_NUMBER: FieldRule = {
  field: 'order.invoice_number',
  kind: 'text',
  required: true,
  max: 64,
};
const FOREIGN_CUSTOMER = { id: 'SOMEBODY-ELSE', name: 'Somebody Else' };
const FOREIGN_ORDER = { invoice_number: 'INV-SOMEBODY-ELSE', amount: '1' };

export const REGISTER_CARD: Operation = {
  name: 'cimb.registerCard',
  method: 'POST',
  path: '/cimb-direct-debit/v1/token',
  successStatus: 201,
  fields: [
    ...CUSTOMER,
    { field: 'debit_card.account_email', kind: 'text' },
    { field: 'debit_card.account_mobile_phone', kind: 'digits', required: true, max: 20 },
    { field: 'debit_card.success_registration_url', kind: 'web-address' },
    { field: 'debit_card.failed_registration_url', kind: 'web-address' },
  ],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    debit_card: {
      cimb_registration_url: 'https://elsewhere.invalid/register/somebody-else',
      status: 'PENDING',
      message: 'Waiting for validated by CIMB',
    },
  },
};

export const LIST_TOKENS: Operation = {
  name: 'cimb.listTokens',
  method: 'POST',
  path: '/cimb-direct-debit/v1/tokens',
  successStatus: 200,
  fields: [CUSTOMER_ID, CUSTOMER_NAME],
  foreignAnswer: [
    {
      customer: FOREIGN_CUSTOMER,
      debit_card: { token_id: 'token-of-somebody-else', account_no: 'XXXXXXXX9999' },
    },
  ],
};

export const CREATE_PAYMENT: Operation = {
  name: 'cimb.createPayment',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment',
  successStatus: 201,
  fields: [
    ...CUSTOMER,
    { field: 'additional_info', kind: 'object' },
    { field: 'additional_info.override_notification_url', kind: 'web-address' },
    INVOICE_NUMBER,
    { field: 'order.line_items', kind: 'list' },
    { field: 'order.line_items[].name', kind: 'text' },
    { field: 'order.line_items[].price', kind: 'integer' },
    { field: 'order.line_items[].quantity', kind: 'integer' },
    { field: 'order.amount', kind: 'amount', required: true, max: 12 },
    { field: 'order.session_id', kind: 'text', max: 50 },
    { field: 'payment.token_id', kind: 'text', required: true, max: CARD_TOKEN_LENGTH },
    { field: 'payment.otp_expiration_timestamp', kind: 'integer' },
  ],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    order: FOREIGN_ORDER,
    payment: { token: 'transaction-of-somebody-else', status: 'SUCCESS' },
  },
};

export const VALIDATE_PAYMENT_OTP: Operation = {
  name: 'cimb.validatePaymentOtp',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment/validate',
  successStatus: 200,
  fields: [TRANSACTION_TOKEN, { field: 'payment.otp', kind: 'text', required: true, max: 6 }],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    order: FOREIGN_ORDER,
    payment: {
      payment_id: '000000000000',
      token: 'transaction-of-somebody-else',
      status: 'SUCCESS',
    },
  },
};

export const RESEND_PAYMENT_OTP: Operation = {
  name: 'cimb.resendPaymentOtp',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment-otp',
  successStatus: 200,
  fields: [TRANSACTION_TOKEN],
  foreignAnswer: { payment: { token: 'transaction-of-somebody-else' } },
};

export const DELETE_TOKEN: Operation = {
  name: 'cimb.deleteToken',
  method: 'POST',
  path: '/cimb-direct-debit/v1/token-delete',
  successStatus: 200,
  fields: [
    CUSTOMER_ID,
    CUSTOMER_NAME,
    { field: 'debit_card.token_id', kind: 'text', required: true, max: CARD_TOKEN_LENGTH },
  ],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    debit_card: {
      token_id: 'token-of-somebody-else',
      status: 'SUCCESS',
      message: 'Success Unbinding Card',
    },
  },
};

export const REFUND: Operation = {
  name: 'cimb.refund',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment-refund',
  successStatus: 201,
  fields: [
    INVOICE_NUMBER,
    { field: 'payment.original_request_id', kind: 'text', required: true, max: 128 },
    { field: 'refund.amount', kind: 'amount', required: true, max: 12 },
    { field: 'refund.reason', kind: 'text' },
  ],
  foreignAnswer: {
    order: { invoice_number: FOREIGN_ORDER.invoice_number },
    payment: { original_request_id: 'request-of-somebody-else', payment_id: '000000000000' },
    refund: { amount: 1, reason: 'Somebody else', status: 'SUCCESS', message: 'SUCCESS' },
  },
};

export const CIMB_OPERATIONS = [
  REGISTER_CARD,
  LIST_TOKENS,
  CREATE_PAYMENT,
  VALIDATE_PAYMENT_OTP,
  RESEND_PAYMENT_OTP,
  DELETE_TOKEN,
  REFUND,
] as const;
