import { describe, expect, it } from '@jest/globals';
import { locateMembers, rawMember } from './json-text.js';

describe('places in a JSON text', () => {
  it('are those of the values, on every level', () => {
    const text = ' { "a" : {"b" : [ 1, "x,]" , {"c":true} ]} ,\n"d":null, "e":[], "f":{} } ';
    const found = locateMembers(text).map(({ path, start, end }) => [
      path.join('.'),
      text.slice(start, end),
    ]);

    expect(found).toEqual(
      expect.arrayContaining([
        ['a.b.0', '1'],
        ['a.b.1', '"x,]"'],
        ['a.b.2.c', 'true'],
        ['d', 'null'],
        ['e', '[]'],
        ['f', '{}'],
      ]),
    );
    expect(found).toHaveLength(9);
  });

  it('keep digits that a number cannot hold', () => {
    expect(rawMember('{"cpan":9360001609987000001}', 'cpan')).toBe('9360001609987000001');
  });

  it('see through escapes, nesting and repeats', () => {
    expect(rawMember('{"c\\u0070an":1,"x":{"cpan":2}}', 'cpan')).toBe('1');
    expect(rawMember('{"otp":1,"otp":"\\"2"}', 'otp')).toBe('"\\"2"');
    expect(rawMember('{}', 'otp')).toBeUndefined();
    expect(locateMembers('12')).toEqual([]);
  });
});
