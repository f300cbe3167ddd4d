import { describe, expect, it } from '@jest/globals';

import { refusalError } from './refusal-error.js';

const problemOf = (
  scheme: 'snap' | 'non-snap',
  responseCode: string | undefined,
  responseMessage?: string,
): unknown => {
  const error = refusalError(
    400,
    { responseCode, responseMessage },
    { scheme, tokenWasReplaced: false },
  );
  return Object.entries(error).find(([member]) => member === 'otpProblem')?.[1];
};

describe('what is wrong with an OTP', () => {
  it.each([
    ['4045415', 'wrong'],
    ['4040715', 'wrong'],
    ['4035412', 'expired'],
    ['4035411', 'blocked'],
    // "OTP sent", "OTP has to be requested": no OTP was refused.
    ['4035413', undefined],
    ['4045406', undefined],
    ['4035407', undefined],
  ])('is told by the SNAP code %s: %s', (code, expected) => {
    expect(problemOf('snap', code, 'Invalid OTP')).toBe(expected);
  });

  it.each([
    ['INVALID_OTP', undefined, 'wrong'],
    ['OTP_INVALID', 'your card will be blocked after 5 wrong OTP', 'wrong'],
    ['invalid-otp', undefined, 'wrong'],
    ['OTP_EXPIRED', undefined, 'expired'],
    ['OTP_BLOCKED', undefined, 'blocked'],
    ['MAX_OTP_RETRY', undefined, 'blocked'],
    [undefined, 'Incorrect OTP', 'wrong'],
    [undefined, 'The OTP does not match', 'wrong'],
    [undefined, 'OTP has expired, please resend', 'expired'],
    [undefined, 'Maximum retry of OTP reached; attempts exceeded', 'blocked'],
    ['DD-0042', 'Too many OTP attempts', 'blocked'],
    ['DD-0042', 'OTP blocked for 24 hours', 'blocked'],

    // Not about an OTP, about the form of the request, or two things at once: nothing is said.
    [undefined, undefined, undefined],
    ['TOKEN_EXPIRED', 'The payment token has expired', undefined],
    ['CARD_BLOCKED', 'Card blocked', undefined],
    ['INVALID_PARAMETER', 'payment.otp is invalid', undefined],
    [undefined, 'Invalid Mandatory Field payment.otp', undefined],
    [undefined, 'payment.otp: maximum length is 6', undefined],
    [undefined, 'Invalid or expired OTP', undefined],
    [undefined, 'Laptop is blocked', undefined],
  ])('is told on non-SNAP by %s, %s: %s', (code, message, expected) => {
    expect(problemOf('non-snap', code, message)).toBe(expected);
  });

  it('decides the advice', () => {
    const fixes = ['INVALID_OTP', 'OTP_EXPIRED', 'OTP_BLOCKED'].map(
      (responseCode) =>
        refusalError(400, { responseCode }, { scheme: 'non-snap', tokenWasReplaced: false }).fix,
    );
    expect(fixes).toEqual([
      expect.stringMatching(/again; the tries are counted/),
      expect.stringMatching(/another OTP/),
      expect.stringMatching(/to wait: no OTP is taken/),
    ]);
  });

  it('stays an authentication error at 401', () => {
    expect(
      refusalError(
        401,
        { responseCode: 'INVALID_OTP' },
        { scheme: 'non-snap', tokenWasReplaced: false },
      ).code,
    ).toBe('authentication');
  });
});
