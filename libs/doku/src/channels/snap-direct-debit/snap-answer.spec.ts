import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { membersOf, named, namedWithin } from './snap-answer.js';
import { paymentStatus, readTransactionStatus } from './transaction-status.js';

describe('named', () => {
  it.each([
    ['the documented name alone', { requestID: '1' }, { requestID: '1' }],
    ['the other name', { requestId: '1', a: 2 }, { requestID: '1', a: 2 }],
    ['both', { requestID: '1', requestId: '2' }, { requestID: '1', requestId: '2' }],
    [
      'the other name where the documented one is null',
      { requestID: null, requestId: '2' },
      { requestID: '2' },
    ],
    ['the other name with null', { requestId: null }, { requestID: null }],
    ['neither', {}, {}],
  ])('reads %s', (_what, given, expected) => {
    expect(named('requestID', 'requestId', given)).toEqual(expected);
  });

  it('touches only the part that it names', () => {
    const answer = { status: 'top', additionalInfo: { status: 'PENDING' } };
    expect(namedWithin('additionalInfo', 'accountStatus', 'status', answer)).toEqual({
      status: 'top',
      additionalInfo: { accountStatus: 'PENDING' },
    });
    for (const odd of [
      {},
      { additionalInfo: null },
      { additionalInfo: '' },
      { additionalInfo: [] },
    ]) {
      expect(namedWithin('additionalInfo', 'accountStatus', 'status', odd)).toEqual(odd);
    }
  });
});

describe('an answer', () => {
  it.each([
    [{ a: 1 }, 'done', { a: 1 }],
    ['text', 'done', undefined],
    [undefined, 'done', undefined],
    [[], 'done', undefined],
    [undefined, 'in-progress', {}],
    ['text', 'in-progress', {}],
  ] as const)('%j that is %s has the members %j', (answer, progress, expected) => {
    expect(membersOf(answer, progress)).toEqual(expected);
  });

  it('of any shape gets a status, and is not changed in place', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (answer) => {
        const before = structuredClone(answer);
        const read = readTransactionStatus(answer);
        expect(answer).toEqual(before);
        expect(read.status).toBe(paymentStatus(answer.latestTransactionStatus));
      }),
    );
  });
});

describe('paymentStatus', () => {
  it('takes nothing but the documented texts for a verdict', () => {
    for (const odd of [undefined, null, 0, '0', '', '000', ' 00', 'paid', ['00'], {}]) {
      expect(paymentStatus(odd)).toBe('unknown');
    }
  });
});
