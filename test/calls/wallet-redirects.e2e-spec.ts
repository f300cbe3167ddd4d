import { describe, expect, it } from '@jest/globals';
import {
  DokuValidationError,
  readWalletAccountRedirect,
  readWalletBindingRedirect,
  type RedirectQuery,
} from 'nestjs-doku';

const QUERY = 'accountId=1140340010&partnerReferenceNo=f1a69bce-41bc&status=SUCCESS';
const READ = { accountId: '1140340010', partnerReferenceNo: 'f1a69bce-41bc', status: 'SUCCESS' };

describe('the redirect after the PIN', () => {
  it.each<[string, RedirectQuery]>([
    ['a URL as text', `https://shop.example/pin?${QUERY}`],
    ['a URL with more in it', `https://shop.example/pin?once=1&${QUERY}&utm=x#status=FAILED`],
    ['a path, as in request.url', `/pin?${QUERY}`],
    ['a query', QUERY],
    ['a query with its mark', `?${QUERY}`],
    ['a URL', new URL(`https://shop.example/pin?${QUERY}`)],
    ['parameters', new URLSearchParams(QUERY)],
    ["a framework's query", READ],
    ['a query without a prototype', Object.assign(Object.create(null) as object, READ)],
  ])('is read from %s, as unverified', (_what, query) => {
    expect(readWalletAccountRedirect(query)).toEqual({ unverified: READ });
  });

  it('is decoded', () => {
    const { unverified } = readWalletAccountRedirect(
      'accountId=11&partnerReferenceNo=a%2Bb+c%20d&status=SUCCESS',
    );
    expect(unverified.partnerReferenceNo).toBe('a+b c d');
  });

  it.each<[string, RedirectQuery, RegExp]>([
    ['nothing', '', /accountId is missing.*partnerReferenceNo is missing.*status is missing/],
    ['no status', 'accountId=1&partnerReferenceNo=2', /^wallet redirect: status is missing/],
    ['two accounts', `${QUERY}&accountId=2`, /accountId is in the redirect 2 times/],
    ['two accounts, parsed', { ...READ, accountId: ['1', '2'] }, /accountId .* 2 times/],
    ['a list of one', { ...READ, accountId: [] }, /accountId is missing/],
    ['an object', { ...READ, accountId: { $ne: '' } }, /accountId .* has not its form/],
    ['a number', { ...READ, accountId: 1140340010 }, /accountId .* has not its form/],
    ['an empty account', QUERY.replace('1140340010', ''), /accountId .* has not its form/],
    ['a long account', QUERY.replace('1140340010', '1'.repeat(65)), /accountId/],
    ['a line break', QUERY.replace('1140340010', '1%0d%0aSet-Cookie'), /accountId/],
    ['markup', QUERY.replace('SUCCESS', '%3Cscript%3E'), /status .* has not its form/],
    [
      'an inherited account',
      Object.create(READ) as Record<string, unknown>,
      /accountId is missing/,
    ],
    ['nothing at all', undefined as unknown as string, /accountId is missing/],
  ])('with %s is refused', (_what, query, message) => {
    let failure: unknown;
    try {
      readWalletAccountRedirect(query);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(DokuValidationError);
    expect(failure).toMatchObject({ message: expect.stringMatching(message) });
    expect(JSON.stringify(failure)).not.toMatch(/1140340010|script|Set-Cookie/);
  });
});

describe('the redirect after the binding', () => {
  const CODE = 'cfb5de1a-6a40-40e0-8549-0634bcaed8ed';

  it('is read, as unverified', () => {
    expect(readWalletBindingRedirect(`/bound/one-time-1?authCode=${CODE}&state=x`)).toEqual({
      unverified: { authCode: CODE },
    });
  });

  it.each([
    ['/bound?code=1'],
    [`/bound?authCode=${CODE}&authCode=${CODE}`],
    ['/bound?authCode='],
    ['/bound?authCode=a%20b'],
    [`/bound?authCode=${'x'.repeat(2049)}`],
  ])('%s is refused, and not repeated', (url) => {
    expect(() => readWalletBindingRedirect(url)).toThrow(/authCode/);
    try {
      readWalletBindingRedirect(url);
    } catch (error) {
      expect(String(error)).not.toContain(CODE);
    }
  });
});
