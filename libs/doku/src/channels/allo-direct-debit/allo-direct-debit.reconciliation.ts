import type { MoneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuChannelOptions } from '../channels.js';
import { snapDirectDebitReconciliation } from '../snap-direct-debit/direct-debit.reconciliation.js';
import { alloOperations } from './allo-direct-debit.operations.js';
import { resolveAlloOptions } from './allo-direct-debit.options.js';

/** How payments and refunds of this channel are asked for. */
export function alloReconciliation({
  alloDirectDebit,
}: DokuChannelOptions): readonly MoneyOperation[] {
  return snapDirectDebitReconciliation(alloOperations(resolveAlloOptions(alloDirectDebit)));
}
