import type { CimbDirectDebitService, DokuCallOptions } from 'nestjs-doku';

import { ShopError } from '../errors/shop.error.js';

type ChargeRequest = Parameters<CimbDirectDebitService['createPayment']>[0];

/** What a bank answers to a charge; one without a code names no payment to type it for. */
interface Charge {
  readonly payment: { readonly token?: string; readonly status: string };
}

/** What DOKU's services of direct debit cards have in common. */
interface CardService {
  listTokens(request: { customer: { id: string } }): Promise<
    readonly {
      readonly debit_card: { readonly token_id: string; readonly account_no?: string };
    }[]
  >;
  deleteToken(request: {
    customer: { id: string };
    debit_card: { token_id: string };
  }): Promise<{ readonly debit_card?: { readonly status?: string } }>;
  createPayment(request: ChargeRequest, options: DokuCallOptions): Promise<Charge>;
  /** Charges without a code, where the bank has that. */
  createRecurringPayment?(request: ChargeRequest, options: DokuCallOptions): Promise<Charge>;
  validatePaymentOtp(request: { payment: { token: string; otp: string } }): Promise<unknown>;
  resendPaymentOtp(request: { payment: { token: string } }): Promise<unknown>;
}

/** A bank whose cards the shop charges. */
export interface CardBank {
  readonly method: 'cimb' | 'bri';
  /** In front of the digits of its cards. */
  readonly name: string;
  readonly service: CardService;
  /** What the customer is told when no code is taken for now. */
  readonly whenBlocked: string;
}

/** Whether the bank takes no code for now. */
export function isBlocked(failure: unknown): failure is ShopError {
  return failure instanceof ShopError && failure.code === 'otp-blocked';
}

/** The same failure, told as the bank's own rules have it. */
export function inWordsOf({ whenBlocked }: CardBank, failure: unknown): unknown {
  if (!isBlocked(failure)) return failure;
  return new ShopError(failure.code, failure.status, whenBlocked, failure.requestId);
}
