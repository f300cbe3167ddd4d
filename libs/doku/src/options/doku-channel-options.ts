import type { AlloDirectDebitOptions } from '../channels/allo-direct-debit/allo-direct-debit.options.js';
import type { CimbDirectDebitOptions } from '../channels/cimb-direct-debit/cimb-direct-debit.options.js';
import type { KkiOptions } from '../channels/kki/kki.options.js';

/** Settings per channel. */
export interface DokuChannelOptions {
  readonly cimbDirectDebit?: CimbDirectDebitOptions;
  readonly alloDirectDebit?: AlloDirectDebitOptions;
  readonly kki?: KkiOptions;
}
