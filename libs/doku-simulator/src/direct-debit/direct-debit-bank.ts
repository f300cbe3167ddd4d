import type { PaymentChannel } from '../bank/payment-book.js';

/** What tells one bank of the non-SNAP direct debit from another. */
export interface DirectDebitBank {
  /** Its acquirer owns the cards. */
  readonly channel: PaymentChannel;
  /** Beginning of its paths, such as `/cimb-direct-debit/v1`. */
  readonly basePath: string;
}

/** An account at a bank, as a side of a movement of money. */
export function accountParty({ acquirer }: PaymentChannel, accountNo: string): string {
  return `${acquirer}:${accountNo}`;
}
