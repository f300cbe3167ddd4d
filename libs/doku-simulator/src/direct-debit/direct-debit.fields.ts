import type { FieldRule } from '../engine/field-rules.js';

// Where DOKU's tables contradict each other, the limits are those of reference 3.19.
const CUSTOMER_ID: FieldRule = { field: 'customer.id', kind: 'text', required: true, max: 50 };
const CUSTOMER_NAME: FieldRule = { field: 'customer.name', kind: 'text', max: 64 };
const CARD_TOKEN_LENGTH = 128;

export const CUSTOMER: readonly FieldRule[] = [
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

export const INVOICE_NUMBER: FieldRule = {
  field: 'order.invoice_number',
  kind: 'text',
  required: true,
  max: 64,
};

export const LIST_FIELDS: readonly FieldRule[] = [CUSTOMER_ID, CUSTOMER_NAME];

/** Without what concerns the OTP: BRI's recurring payments have none. */
export const PAYMENT_FIELDS: readonly FieldRule[] = [
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
];

export const OTP_EXPIRATION: FieldRule = {
  field: 'payment.otp_expiration_timestamp',
  kind: 'integer',
};

export const TRANSACTION_TOKEN: FieldRule = {
  field: 'payment.token',
  kind: 'text',
  required: true,
  max: 256,
};

export const PAYMENT_OTP: FieldRule = {
  field: 'payment.otp',
  kind: 'text',
  required: true,
  max: 6,
};

export const DELETE_FIELDS: readonly FieldRule[] = [
  CUSTOMER_ID,
  CUSTOMER_NAME,
  { field: 'debit_card.token_id', kind: 'text', required: true, max: CARD_TOKEN_LENGTH },
];

// What a foreign conflict shows.
export const FOREIGN_CUSTOMER = { id: 'SOMEBODY-ELSE', name: 'Somebody Else' };
export const FOREIGN_INVOICE = 'INV-SOMEBODY-ELSE';
export const FOREIGN_TOKEN = 'transaction-of-somebody-else';
export const FOREIGN_CARD_TOKEN = 'token-of-somebody-else';

export const FOREIGN_CARDS = [
  {
    customer: FOREIGN_CUSTOMER,
    debit_card: { token_id: FOREIGN_CARD_TOKEN, account_no: 'XXXXXXXX9999' },
  },
];

export const FOREIGN_DELETION = {
  customer: FOREIGN_CUSTOMER,
  debit_card: {
    token_id: FOREIGN_CARD_TOKEN,
    status: 'SUCCESS',
    message: 'Success Unbinding Card',
  },
};
