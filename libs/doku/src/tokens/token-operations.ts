import { operation } from '../http/doku-operation.js';

/** Answer of a token request, as DOKU sends it (reference snap 2.1, 2.2). */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly expiresIn?: unknown;
  readonly accessTokenExpiryTime?: unknown;
  readonly refreshToken?: unknown;
  readonly refreshTokenExpiryTime?: unknown;
}

export const B2B_TOKEN = operation<{ readonly grantType: 'client_credentials' }, TokenAnswer>({
  name: 'snap.b2bToken',
  method: 'POST',
  path: '/authorization/v1/access-token/b2b',
  scheme: 'snap',
  effect: 'read',
  mandatory: [['accessToken']],
  // A colon would blur the string to sign.
  normalise: (answer) => usableToken(answer, /^[\x21-\x39\x3b-\x7e]{1,4096}$/),
});

/** What a customer's token is asked for with. */
export type CustomerGrant =
  | { readonly grantType: 'authorization_code'; readonly authCode: string }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string };

export const B2B2C_TOKEN = operation<CustomerGrant, TokenAnswer>({
  name: 'snap.b2b2cToken',
  method: 'POST',
  path: '/authorization/v1/access-token/b2b2c',
  scheme: 'snap',
  effect: 'read',
  mandatory: [['accessToken']],
  normalise: (answer) => usableToken(answer, /^[\x21-\x7e]{1,4096}$/),
});

/** The same with an authCode that can be used only once: a repeat could only be refused. */
export const B2B2C_TOKEN_ONCE: typeof B2B2C_TOKEN = { ...B2B2C_TOKEN, effect: 'once' };

/** Only what can stand in a header is a token. */
function usableToken(answer: unknown, form: RegExp): unknown {
  const token =
    typeof answer === 'object' && answer !== null && 'accessToken' in answer
      ? answer.accessToken
      : undefined;
  return typeof token === 'string' && form.test(token.trim())
    ? { ...(answer as object), accessToken: token.trim() }
    : undefined;
}
