import { describe, expect, it } from '@jest/globals';

import { isExistingDate, isInstant } from './formats.js';

describe('dates', () => {
  it.each([
    ['01-12-2000', 'dd-MM-yyyy', true],
    ['29-02-2000', 'dd-MM-yyyy', true],
    ['29-02-1999', 'dd-MM-yyyy', false],
    ['2000-12-01', 'dd-MM-yyyy', false],
    ['19990101', 'yyyyMMdd', true],
    ['20000229', 'yyyyMMdd', true],
    ['19990229', 'yyyyMMdd', false],
    ['19991301', 'yyyyMMdd', false],
    ['19990100', 'yyyyMMdd', false],
    ['1999-01-01', 'yyyyMMdd', false],
    ['01011999', 'yyyyMMdd', false],
  ] as const)('%s as %s: %j', (value, format, expected) => {
    expect(isExistingDate(value, format)).toBe(expected);
  });

  it('are texts', () => {
    expect(isExistingDate(19990101, 'yyyyMMdd')).toBe(false);
  });
});

describe('moments', () => {
  it.each([
    ['2025-01-15T10:30:00+07:00', true],
    ['2020-12-21T07:56:11.000Z', true],
    ['2020-12-21T07:56:11Z', true],
    ['2024-02-29T00:00:00-03:30', true],
    ['2023-02-29T00:00:00Z', false],
    ['2025-01-15T25:00:00Z', false],
    ['2025-01-15T10:30:00', false],
    ['2025-01-15T10:30:00+0700', false],
    ['2025-01-15 10:30:00Z', false],
    ['2025-01-15', false],
    ['', false],
    [1736911800000, false],
  ])('%j: %j', (value, expected) => {
    expect(isInstant(value)).toBe(expected);
  });
});
