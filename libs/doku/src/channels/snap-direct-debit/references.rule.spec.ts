import { describe, expect, it } from '@jest/globals';

import { createPartnerReference } from '../partner-reference.js';
import { hasForm, referenceProblems } from './references.rule.js';

const allo = { min: 32, max: 64, alphanumeric: true };
const kki = { min: 32, max: 32, alphanumeric: true };

describe('references', () => {
  it('of our own making fit every channel', () => {
    for (let i = 0; i < 100; i++) {
      const reference = createPartnerReference();
      expect(hasForm(reference, allo) && hasForm(reference, kki)).toBe(true);
    }
  });

  it.each([
    ['x'.repeat(31), allo, /must be 32 to 64 letters and digits.*given 31 characters/],
    ['x'.repeat(65), allo, /32 to 64/],
    [`${'x'.repeat(31)}_`, allo, /32 to 64/],
    ['x'.repeat(33), kki, /must be exactly 32 letters and digits/],
    ['x'.repeat(13), { min: 1, max: 12, alphanumeric: false }, /must be 1 to 12 characters/],
  ])('%s is refused without being repeated', (reference, form, message) => {
    const [problem, ...others] = referenceProblems('member', reference, form);

    expect(problem).toMatch(message);
    expect(problem).not.toContain(reference);
    expect(others).toEqual([]);
  });
});
