import { rupiahText } from '../../validation/amount.js';
import type { SnapAmountDto } from './snap-amount.dto.js';

/** A payment that is split over several sources of money. */
interface SplitPayment {
  readonly amount: SnapAmountDto;
  readonly payOptionDetails: readonly { readonly transAmount: SnapAmountDto }[];
}

/** The parts of a payment must add up to its amount; inferred, DOKU does not say so (reference snap 9.4). */
export function payOptionsAddUp({ amount, payOptionDetails }: SplitPayment): readonly string[] {
  const total = sen(amount);
  let sum = 0n;
  for (const { transAmount } of payOptionDetails) sum += sen(transAmount);
  return sum === total
    ? []
    : [
        `payOptionDetails must add up to amount.value ${rupiah(total)} (given transAmount in all ${rupiah(sum)}); the option "checkPayOptions: false" of the channel switches this check off`,
      ];
}

/** Hundredths of a rupiah; exact where a number of them would not be. */
function sen({ value }: SnapAmountDto): bigint {
  return BigInt((rupiahText(value) ?? '0.00').replace('.', ''));
}

function rupiah(amount: bigint): string {
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
}
