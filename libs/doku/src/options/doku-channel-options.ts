import type { CimbDirectDebitOptions } from '../channels/cimb-direct-debit/cimb-direct-debit.options.js';

/** Settings per channel. */
export interface DokuChannelOptions {
  readonly cimbDirectDebit?: CimbDirectDebitOptions;
}
