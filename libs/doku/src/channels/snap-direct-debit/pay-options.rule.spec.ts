import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { payOptionsAddUp } from './pay-options.rule.js';

const payment = (amount: string, parts: readonly string[]) => ({
  amount: { value: amount },
  payOptionDetails: parts.map((value) => ({ transAmount: { value } })),
});
const text = (sen: bigint) => `${sen / 100n}.${String(sen % 100n).padStart(2, '0')}`;

describe('payOptionsAddUp', () => {
  it('adds up exactly, whatever the parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 20 }),
        fc.bigInt({ min: -1_000n, max: 1_000n }),
        (parts, off) => {
          const sum = parts.reduce((all, part) => all + part, 0n);
          fc.pre(sum + off >= 0n);
          const problems = payOptionsAddUp(payment(text(sum + off), parts.map(text)));
          expect(problems).toHaveLength(off === 0n ? 0 : 1);
          if (off !== 0n) expect(problems[0]).toContain(text(sum));
        },
      ),
    );
  });

  it('shows both sums with two decimals', () => {
    expect(payOptionsAddUp(payment('50000.00', ['49999.05']))).toEqual([
      expect.stringMatching(/amount\.value 50000\.00 \(given transAmount in all 49999\.05\)/),
    ]);
  });
});
