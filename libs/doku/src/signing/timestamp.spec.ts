import { describe, expect, it } from '@jest/globals';

import { nonSnapTimestamp, parseInstant, snapTimestamp } from './timestamp.js';

describe('timestamps', () => {
  it.each([
    ['2026-01-27T03:00:00.000Z', '2026-01-27T03:00:00Z', '2026-01-27T10:00:00+07:00'],
    ['2026-12-31T17:00:00.999Z', '2026-12-31T17:00:00Z', '2027-01-01T00:00:00+07:00'],
    ['2024-02-28T23:59:59.500Z', '2024-02-28T23:59:59Z', '2024-02-29T06:59:59+07:00'],
  ])('of %s are %s and, on SNAP, %s', (instant, nonSnap, snap) => {
    expect(nonSnapTimestamp(new Date(instant))).toBe(nonSnap);
    expect(snapTimestamp(new Date(instant))).toBe(snap);
    expect(parseInstant(snap)?.toISOString()).toBe(nonSnap.replace('Z', '.000Z'));
  });
});

describe('an instant of DOKU', () => {
  it.each([
    ['2020-12-21T07:56:11.000Z', '2020-12-21T07:56:11.000Z'],
    ['2022-10-07T14:18:39+07:00', '2022-10-07T07:18:39.000Z'],
    ['2022-10-07T14:18:39+0700', '2022-10-07T07:18:39.000Z'],
    ['2022-10-07T14:18:39-03:30', '2022-10-07T17:48:39.000Z'],
    ['2022-10-07T14:18:39.1Z', '2022-10-07T14:18:39.100Z'],
    ['2022-10-07T14:18:39.123456789Z', '2022-10-07T14:18:39.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is read', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    'now',
    '2024-01-01T09:09:00.123',
    '2020-12- 21T07:56:11Z',
    '2026-02-29T00:00:00Z',
    '2026-02-31T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:30:00Z',
    '2026-01-01T10:60:00Z',
    '2026-01-01T10:00:00Z00',
    '2026-01-01T10:00:00+07',
    '2026-01-01T10:00:00+99:00',
    '2026-01-01T10:00:00Z\n',
    ' 2026-01-01T10:00:00Z',
    '2026-01-01 10:00:00Z',
    '1767236400',
  ])('is not %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
