import {
  CUSTOMER,
  DELETE_FIELDS,
  FOREIGN_CARDS,
  FOREIGN_CUSTOMER,
  FOREIGN_DELETION,
  FOREIGN_INVOICE,
  FOREIGN_TOKEN,
  INVOICE_NUMBER,
  LIST_FIELDS,
  OTP_EXPIRATION,
  PAYMENT_FIELDS,
  PAYMENT_OTP,
  TRANSACTION_TOKEN,
} from '../../direct-debit/direct-debit.fields.js';
import type { Operation } from '../../engine/operation.js';

const FOREIGN_ORDER = { invoice_number: FOREIGN_INVOICE, amount: '1' };

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
  fields: LIST_FIELDS,
  foreignAnswer: FOREIGN_CARDS,
};

export const CREATE_PAYMENT: Operation = {
  name: 'cimb.createPayment',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment',
  successStatus: 201,
  fields: [...PAYMENT_FIELDS, OTP_EXPIRATION],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    order: FOREIGN_ORDER,
    payment: { token: FOREIGN_TOKEN, status: 'SUCCESS' },
  },
};

export const VALIDATE_PAYMENT_OTP: Operation = {
  name: 'cimb.validatePaymentOtp',
  method: 'POST',
  path: '/cimb-direct-debit/v1/payment/validate',
  successStatus: 200,
  fields: [TRANSACTION_TOKEN, PAYMENT_OTP],
  foreignAnswer: {
    customer: FOREIGN_CUSTOMER,
    order: FOREIGN_ORDER,
    payment: {
      payment_id: '000000000000',
      token: FOREIGN_TOKEN,
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
  foreignAnswer: { payment: { token: FOREIGN_TOKEN } },
};

export const DELETE_TOKEN: Operation = {
  name: 'cimb.deleteToken',
  method: 'POST',
  path: '/cimb-direct-debit/v1/token-delete',
  successStatus: 200,
  fields: DELETE_FIELDS,
  foreignAnswer: FOREIGN_DELETION,
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
