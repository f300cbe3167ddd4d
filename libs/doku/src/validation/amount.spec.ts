import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { rupiahText } from './amount.js';

describe('rupiahText', () => {
  it.each([
    [50_000, '50000.00'],
    [0, '0.00'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991.00'],
    ['50000', '50000.00'],
    ['50000.00', '50000.00'],
    ['11500.50', '11500.50'],
    ['0007', '7.00'],
    ['9999999999999999.99', '9999999999999999.99'],
  ])('writes %j as %s', (given, expected) => {
    expect(rupiahText(given)).toBe(expected);
  });

  it.each<unknown>([
    1.5,
    -1,
    2 ** 53,
    Number.NaN,
    Infinity,
    '',
    '1.5',
    '1.500',
    '1,50',
    '1e3',
    '-1',
    '+1',
    ' 1',
    '1\n',
    '.50',
    '50.',
    '12345678901234567',
    50_000n,
    [50_000],
    { value: 1 },
    { toString: 0 },
    true,
    null,
    undefined,
  ])('does not guess at %p', (given) => {
    expect(rupiahText(given)).toBeUndefined();
  });

  it('keeps every whole amount exactly, and what it writes it reads again', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n }),
        fc.integer({ min: 0, max: 99 }),
        (rupiah, sen) => {
          const text = `${rupiah}.${String(sen).padStart(2, '0')}`;
          expect(rupiahText(text)).toBe(text);
          expect(rupiahText(String(rupiah))).toBe(`${rupiah}.00`);
          if (rupiah <= BigInt(Number.MAX_SAFE_INTEGER)) {
            expect(rupiahText(Number(rupiah))).toBe(`${rupiah}.00`);
          }
        },
      ),
    );
  });

  it('writes what the wire takes, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.anything()), (given) => {
        expect(rupiahText(given) ?? '0.00').toMatch(/^\d{1,16}\.\d{2}$/);
      }),
    );
  });
});
