import type { MoneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuChannelOptions } from '../channels.js';
import { directDebitPayment } from '../non-snap-direct-debit/direct-debit.reconciliation.js';
import { cimbOperations } from './cimb-direct-debit.operations.js';
import { resolveCimbOptions } from './cimb-direct-debit.options.js';

/**
 * How payments of CIMB are asked for. Refunds are not: DOKU numbers none of them, so that an answer could not be
 * told from that of another refund (reference non-snap 3.7).
 */
export function cimbReconciliation({
  cimbDirectDebit,
}: DokuChannelOptions): readonly MoneyOperation[] {
  const { createPayment } = cimbOperations(resolveCimbOptions(cimbDirectDebit));
  return [directDebitPayment(createPayment)];
}
