import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { isObject } from '../../http/members.js';
import type { CimbOperationName } from './cimb-direct-debit.options.js';
import type {
  CimbCard,
  CimbCardRegistration,
  CimbDeletedToken,
  CimbPayment,
  CimbRefund,
  CimbResentOtp,
  CimbValidatedPayment,
} from './cimb-direct-debit.responses.js';
import { CimbCreatePaymentDto } from './dto/create-payment.dto.js';
import { CimbDeleteTokenDto } from './dto/delete-token.dto.js';
import { CimbListTokensDto } from './dto/list-tokens.dto.js';
import { CimbResendPaymentOtpDto, CimbValidatePaymentOtpDto } from './dto/payment-otp.dto.js';
import { CimbRefundDto } from './dto/refund.dto.js';
import { CimbRegisterCardDto } from './dto/register-card.dto.js';
import { lineItemsAddUp } from './line-items.rule.js';

const ORDER_AMOUNTS = [
  ['order', 'amount'],
  ['order', 'line_items', '*', 'price'],
];

/** CIMB direct debit, as DOKU's guide has it (reference non-snap 3). */
export const CIMB_DIRECT_DEBIT = {
  registerCard: operation<CimbRegisterCardDto, CimbCardRegistration>({
    name: 'cimb.registerCard',
    method: 'POST',
    path: '/cimb-direct-debit/v1/token',
    scheme: 'non-snap',
    effect: 'change',
    request: CimbRegisterCardDto,
    mandatory: [['debit_card', 'cimb_registration_url']],
    proof: [['customer', 'id']],
  }),

  listTokens: operation<CimbListTokensDto, CimbCard[]>({
    name: 'cimb.listTokens',
    method: 'POST',
    path: '/cimb-direct-debit/v1/tokens',
    scheme: 'non-snap',
    effect: 'read',
    request: CimbListTokensDto,
    mandatory: [['*', 'debit_card', 'token_id']],
    // One card alone may come without a list around it (reference non-snap 3.19 no. 14).
    normalise: (answer) =>
      isObject(answer) && 'debit_card' in answer ? [answer] : listOrNone(answer),
  }),

  createPayment: operation<CimbCreatePaymentDto, CimbPayment>({
    name: 'cimb.createPayment',
    method: 'POST',
    path: '/cimb-direct-debit/v1/payment',
    scheme: 'non-snap',
    effect: 'change',
    request: CimbCreatePaymentDto,
    rules: lineItemsAddUp,
    reference: ['order', 'invoice_number'],
    amounts: ORDER_AMOUNTS,
    mandatory: [
      ['order', 'invoice_number'],
      ['order', 'amount'],
      ['payment', 'token'],
      ['payment', 'status'],
    ],
    proof: [
      ['order', 'invoice_number'],
      ['order', 'amount'],
    ],
  }),

  validatePaymentOtp: operation<CimbValidatePaymentOtpDto, CimbValidatedPayment>({
    name: 'cimb.validatePaymentOtp',
    method: 'POST',
    path: '/cimb-direct-debit/v1/payment/validate',
    scheme: 'non-snap',
    effect: 'once',
    request: CimbValidatePaymentOtpDto,
    amounts: ORDER_AMOUNTS,
    mandatory: [
      ['payment', 'token'],
      ['payment', 'status'],
    ],
    proof: [['payment', 'token']],
  }),

  resendPaymentOtp: operation<CimbResendPaymentOtpDto, CimbResentOtp>({
    name: 'cimb.resendPaymentOtp',
    method: 'POST',
    path: '/cimb-direct-debit/v1/payment-otp',
    scheme: 'non-snap',
    effect: 'once',
    request: CimbResendPaymentOtpDto,
    mandatory: [['payment', 'token']],
    proof: [['payment', 'token']],
  }),

  deleteToken: operation<CimbDeleteTokenDto, CimbDeletedToken>({
    name: 'cimb.deleteToken',
    method: 'POST',
    path: '/cimb-direct-debit/v1/token-delete',
    scheme: 'non-snap',
    effect: 'change',
    request: CimbDeleteTokenDto,
    mandatory: [['debit_card', 'status']],
    proof: [['debit_card', 'token_id']],
  }),

  refund: operation<CimbRefundDto, CimbRefund>({
    name: 'cimb.refund',
    method: 'POST',
    path: '/cimb-direct-debit/v1/payment-refund',
    scheme: 'non-snap',
    effect: 'change',
    request: CimbRefundDto,
    reference: ['order', 'invoice_number'],
    amounts: [['refund', 'amount']],
    mandatory: [
      ['order', 'invoice_number'],
      ['refund', 'amount'],
    ],
    proof: [
      ['order', 'invoice_number'],
      ['refund', 'amount'],
    ],
  }),
} satisfies Record<CimbOperationName, DokuOperation>;

function listOrNone(answer: unknown): unknown {
  return Array.isArray(answer) ? answer : undefined;
}
