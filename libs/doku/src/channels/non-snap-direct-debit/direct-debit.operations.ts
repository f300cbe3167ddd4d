import type { DokuOperation } from '../../http/doku-operation.js';
import { isObject } from '../../http/members.js';
import type { DirectDebitSettings } from './direct-debit.options.js';
import { DirectDebitCreatePaymentDto } from './dto/create-payment.dto.js';
import { DirectDebitDeleteTokenDto } from './dto/delete-token.dto.js';
import { DirectDebitListTokensDto } from './dto/list-tokens.dto.js';
import {
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from './dto/payment-otp.dto.js';
import { lineItemsAddUp } from './line-items.rule.js';

/** What differs between the banks. */
interface DirectDebitOfBank {
  /** Begins the names of operations: `cimb`. */
  readonly bank: string;
  /** Begins their paths: `/cimb-direct-debit/v1`. */
  readonly root: string;
  readonly settings: DirectDebitSettings<string>;
}

/** An operation without the type of its answer, which each bank gives it. */
type Described<Request extends object> = Omit<DokuOperation<Request>, 'response'>;

/** Amounts of an order in an answer. */
const ORDER_AMOUNTS = [
  ['order', 'amount'],
  ['order', 'line_items', '*', 'price'],
] as const;

/**
 * Describes an operation of a bank: all of them are signed POSTs below one root.
 *
 * @param name as the service calls it
 * @param path below the root
 */
export function directDebitOperation<Request extends object>(
  { bank, root }: DirectDebitOfBank,
  name: string,
  path: string,
  description: Omit<Described<Request>, 'name' | 'method' | 'path' | 'scheme'>,
): Described<Request> {
  return {
    name: `${bank}.${name}`,
    method: 'POST',
    path: root + path,
    scheme: 'non-snap',
    ...description,
  };
}

/** The operations that every direct debit of the non-SNAP API has (reference non-snap 3). */
export function directDebitOperations(bank: DirectDebitOfBank) {
  const { checkLineItems, option } = bank.settings;
  return {
    listTokens: directDebitOperation<DirectDebitListTokensDto>(bank, 'listTokens', '/tokens', {
      effect: 'read',
      request: DirectDebitListTokensDto,
      mandatory: [['*', 'debit_card', 'token_id']],
      // One card alone may come without a list around it (reference non-snap 3.19 no. 14).
      normalise: (answer) =>
        isObject(answer) && 'debit_card' in answer ? [answer] : listOrNone(answer),
    }),

    createPayment: directDebitOperation<DirectDebitCreatePaymentDto>(
      bank,
      'createPayment',
      '/payment',
      {
        effect: 'change',
        request: DirectDebitCreatePaymentDto,
        rules: (request) =>
          checkLineItems ? lineItemsAddUp(request, `${option}.checkLineItems`) : [],
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
      },
    ),

    validatePaymentOtp: directDebitOperation<DirectDebitValidatePaymentOtpDto>(
      bank,
      'validatePaymentOtp',
      '/payment/validate',
      {
        effect: 'once',
        request: DirectDebitValidatePaymentOtpDto,
        amounts: ORDER_AMOUNTS,
        mandatory: [
          ['payment', 'token'],
          ['payment', 'status'],
        ],
        proof: [['payment', 'token']],
      },
    ),

    resendPaymentOtp: directDebitOperation<DirectDebitResendPaymentOtpDto>(
      bank,
      'resendPaymentOtp',
      '/payment-otp',
      {
        effect: 'once',
        request: DirectDebitResendPaymentOtpDto,
        mandatory: [['payment', 'token']],
        proof: [['payment', 'token']],
      },
    ),

    deleteToken: directDebitOperation<DirectDebitDeleteTokenDto>(
      bank,
      'deleteToken',
      '/token-delete',
      {
        effect: 'change',
        request: DirectDebitDeleteTokenDto,
        mandatory: [['debit_card', 'status']],
        proof: [['debit_card', 'token_id']],
      },
    ),
  };
}

function listOrNone(answer: unknown): unknown {
  return Array.isArray(answer) ? answer : undefined;
}
