import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { snapResponseCode } from './snap-response-codes.js';

const cases = (status: number, numbers: string): string[] =>
  numbers.split(' ').map((number) => `${status}${number}`);

describe('snapResponseCode', () => {
  // Every row of reference snap 13, by its class.
  it.each([
    ['none', cases(200, '00')],
    ['check-status', cases(202, '00')],
    ['none', cases(400, '00 01 02 04')],
    ['check-status', cases(400, '03')],
    ['none', cases(401, '00')],
    ['refresh-token', cases(401, '01 02 03 04')],
    ['none', cases(403, '00 01 02 03 19 21 22')],
    ['back-off', cases(403, '04 06 16 20')],
    ['customer-action', cases(403, '05 07 08 09 10 11 12 13 14 15 17 18 23')],
    ['check-status', cases(404, '00 14 18')],
    ['none', cases(404, '01 02 03 04 05 07 08 09 10 12 13 16 17 19')],
    ['customer-action', cases(404, '06 11 15')],
    ['none', cases(405, '00 01')],
    ['check-status', cases(409, '00 01')],
    ['back-off', cases(429, '00')],
    ['check-status', cases(500, '00 01 02')],
    ['customer-action', cases(500, '13')],
    ['check-status', cases(504, '00')],
  ])('has the class %s for a payment answered %j', (retry, codes) => {
    for (const code of codes) {
      const explained = snapResponseCode(`${code.slice(0, 3)}54${code.slice(3)}`);
      expect({ code, retry: explained?.retry }).toEqual({ code, retry });
      expect(explained).toMatchObject({
        httpStatus: Number(code.slice(0, 3)),
        service: 'payment',
        case: code.slice(3),
      });
      expect(explained?.meaning).not.toMatch(/HTTP/);
    }
  });

  it.each([
    ['2005400', 'nobody'],
    ['2025400', 'nobody'],
    ['4005401', 'merchant'],
    ['4010000', 'merchant'],
    ['4011101', 'merchant'],
    ['4015402', 'customer'],
    ['4015404', 'customer'],
    ['4035402', 'customer'],
    ['4035406', 'nobody'],
    ['4035414', 'customer'],
    ['4030715', 'customer'],
    ['4035416', 'doku'],
    ['4045411', 'customer'],
    ['4045413', 'merchant'],
    ['4095401', 'merchant'],
    ['5005402', 'doku'],
    ['5045400', 'doku'],
  ])('says of %s that %s must act', (code, actor) => {
    expect(snapResponseCode(code)?.actor).toBe(actor);
  });

  it.each([
    ['01', 'card-registration'],
    ['05', 'card-unbinding'],
    ['07', 'account-binding'],
    ['09', 'account-unbinding'],
    ['11', 'balance-inquiry'],
    ['54', 'payment'],
    ['55', 'status'],
    ['56', 'notification'],
    ['57', 'cancel'],
    ['58', 'refund'],
    ['73', 'b2b-token'],
    ['74', 'b2b2c-token'],
  ])('knows service %s as %s', (digits, service) => {
    expect(snapResponseCode(`200${digits}00`)).toMatchObject({ service });
  });

  it('leaves a service out that it does not know', () => {
    expect(snapResponseCode('2009900')).not.toHaveProperty('service');
  });

  it.each([
    ['5005400', 'check-status'],
    ['5005801', 'check-status'],
    ['5005702', 'check-status'],
    ['5009900', 'check-status'],
    ['5001100', 'back-off'],
    ['5005502', 'back-off'],
    ['5007301', 'back-off'],
    ['5000700', 'back-off'],
  ])('lets only what moves no money be repeated after a 5xx: %s is %s', (code, retry) => {
    expect(snapResponseCode(code)?.retry).toBe(retry);
  });

  it('asks again for a payment that the status call does not know yet', () => {
    expect(snapResponseCode('4045501')?.retry).toBe('check-status');
    expect(snapResponseCode('4045801')?.retry).toBe('none');
  });

  it.each([
    ['2005499', 'nobody', 'none'],
    ['2015400', 'nobody', 'none'],
    ['2025499', 'nobody', 'check-status'],
    ['4005499', 'merchant', 'none'],
    ['4015499', 'merchant', 'none'],
    ['4185400', 'merchant', 'none'],
    ['4295499', 'merchant', 'back-off'],
    ['5001199', 'doku', 'check-status'],
    ['5035400', 'doku', 'check-status'],
    ['3025400', 'doku', 'check-status'],
  ])('explains the unknown %s by its HTTP status: %s, %s', (code, actor, retry) => {
    expect(snapResponseCode(code)).toMatchObject({ actor, retry });
  });

  it.each([
    ['5000800', 'account-inquiry', 'back-off'],
    ['5001200', 'history-list', 'back-off'],
    ['5004200', 'transfer-inquiry', 'back-off'],
    ['5004300', 'transfer', 'check-status'],
    ['5003800', 'top-up', 'check-status'],
    ['4043901', 'top-up-status', 'check-status'],
    ['4041301', 'history-detail', 'check-status'],
    ['4041201', 'history-list', 'none'],
  ])("knows the wallet's %s as of %s: %s", (code, service, retry) => {
    expect(snapResponseCode(code)).toMatchObject({ service, retry });
  });

  it('takes numbers', () => {
    expect(snapResponseCode(2005400)).toEqual(snapResponseCode('2005400'));
  });

  it.each([
    '',
    '200',
    '20054000',
    '200540',
    '0005400',
    '6005400',
    '200 400',
    '2005400\n',
    '٢٠٠٥٤٠٠',
    'success',
    2005400.5,
    -2005400,
    Number.NaN,
    Infinity,
  ])('has nothing to say about %j', (code) => {
    expect(snapResponseCode(code)).toBeUndefined();
  });

  it('explains any 7 digits from 1 to 5 on, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.integer({ min: 1_000_000, max: 9_999_999 }).map(String),
        ),
        (code) => {
          const explained = snapResponseCode(code);
          expect(explained !== undefined).toBe(/^[1-5]\d{6}$/.test(String(code)));
          if (!explained) return;
          expect(String(code).startsWith(String(explained.httpStatus))).toBe(true);
          expect(String(code).endsWith(explained.case)).toBe(true);
          expect(explained.meaning).not.toBe('');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never calls a failure harmless: only 2xx and refusals have nothing to check', () => {
    for (let status = 300; status < 600; status++) {
      if (status >= 400 && status < 500) continue;
      expect(snapResponseCode(`${status}5400`)?.retry).toBe('check-status');
    }
  });
});
