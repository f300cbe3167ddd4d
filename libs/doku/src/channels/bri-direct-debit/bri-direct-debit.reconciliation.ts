import type { MoneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuChannelOptions } from '../channels.js';
import { directDebitPayment } from '../non-snap-direct-debit/direct-debit.reconciliation.js';
import { briOperations } from './bri-direct-debit.operations.js';
import { resolveBriOptions } from './bri-direct-debit.options.js';

/** How payments of BRI are asked for, with an OTP and without. */
export function briReconciliation({
  briDirectDebit,
}: DokuChannelOptions): readonly MoneyOperation[] {
  const { createPayment, createRecurringPayment } = briOperations(
    resolveBriOptions(briDirectDebit),
  );
  return [createPayment, createRecurringPayment].map(directDebitPayment);
}
