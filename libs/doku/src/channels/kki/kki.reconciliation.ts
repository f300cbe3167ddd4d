import type { MoneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuChannelOptions } from '../channels.js';
import { snapDirectDebitReconciliation } from '../snap-direct-debit/direct-debit.reconciliation.js';
import { kkiOperations } from './kki.operations.js';
import { resolveKkiOptions } from './kki.options.js';

/** How payments and refunds of this channel are asked for. */
export function kkiReconciliation({ kki }: DokuChannelOptions): readonly MoneyOperation[] {
  return snapDirectDebitReconciliation(kkiOperations(resolveKkiOptions(kki)));
}
