import type { MoneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuChannelOptions } from '../channels.js';
import { snapDirectDebitReconciliation } from '../snap-direct-debit/direct-debit.reconciliation.js';
import { ovoOperations } from './ovo.operations.js';
import { resolveOvoOptions } from './ovo.options.js';

/** How payments and refunds of this channel are asked for. */
export function ovoReconciliation({ ovo }: DokuChannelOptions): readonly MoneyOperation[] {
  return snapDirectDebitReconciliation(ovoOperations(resolveOvoOptions(ovo)));
}
