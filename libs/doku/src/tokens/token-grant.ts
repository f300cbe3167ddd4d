import { hash } from 'node:crypto';

import type { DokuCustomer } from '../http/doku-call-options.js';
import type { ResolvedMerchant } from '../options/resolved-doku-options.js';

/** What entitles to a token, for one merchant: its own key (B2B), or what one customer left (B2B2C). */
export interface TokenGrant {
  readonly kind: 'b2b' | 'b2b2c';
  readonly merchant: ResolvedMerchant;
  /** B2B2C only. */
  readonly customer?: ExchangeableCustomer;
  /**
   * Names the token in every cache. A hash, so that a cache's keys tell nothing; two grants share one only
   * if DOKU would give them the same token.
   */
  readonly key: string;
}

/** A customer whose token can be obtained, unlike one that is given as a ready token. */
export type ExchangeableCustomer = Exclude<DokuCustomer, { readonly accessToken: string }>;

/** The merchant's own grant. The B2B token serves all SNAP APIs of DOKU (reference snap 2.3). */
export function b2bGrant(merchant: ResolvedMerchant, baseUrl: string): TokenGrant {
  return { kind: 'b2b', merchant, key: keyOf([baseUrl, merchant.clientId, 'b2b']) };
}

/** The grant of one customer. */
export function b2b2cGrant(
  merchant: ResolvedMerchant,
  baseUrl: string,
  customer: ExchangeableCustomer,
): TokenGrant {
  const [way, value] =
    'authCode' in customer
      ? ['authCode', customer.authCode]
      : ['refreshToken', customer.refreshToken];
  return {
    kind: 'b2b2c',
    merchant,
    customer,
    key: keyOf([baseUrl, merchant.clientId, 'b2b2c', way, value]),
  };
}

function keyOf(parts: readonly string[]): string {
  return `nestjs-doku:token:${hash('sha256', JSON.stringify(parts), 'base64url')}`;
}
