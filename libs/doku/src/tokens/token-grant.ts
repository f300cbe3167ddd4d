import { hash } from 'node:crypto';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
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

/**
 * The grant of one customer.
 *
 * @throws DokuConfigurationError for an account id when the merchant has no `authCodeSecretKey`
 */
export function b2b2cGrant(
  merchant: ResolvedMerchant,
  baseUrl: string,
  customer: ExchangeableCustomer,
): TokenGrant {
  const [way, value] = wayOf(customer);
  if (way === 'accountId' && !merchant.authCodeSecretKey) {
    throw new DokuConfigurationError(
      'is missing, and customer: { accountId } needs it',
      authCodeKeyOption(merchant),
      'Give the key that DOKU encrypts authCodes with, or name the customer with { refreshToken } or { authCode }.',
    );
  }
  return {
    kind: 'b2b2c',
    merchant,
    customer,
    key: keyOf([baseUrl, merchant.clientId, 'b2b2c', way, value]),
  };
}

/** The option that decrypts a merchant's authCodes, for messages. */
export function authCodeKeyOption({ name }: ResolvedMerchant): string {
  return name === 'default' ? 'authCodeSecretKey' : `merchants.${name}.authCodeSecretKey`;
}

function wayOf(customer: ExchangeableCustomer): readonly [way: string, value: string] {
  if ('accountId' in customer) return ['accountId', customer.accountId];
  return 'authCode' in customer
    ? ['authCode', customer.authCode]
    : ['refreshToken', customer.refreshToken];
}

function keyOf(parts: readonly string[]): string {
  return `nestjs-doku:token:${hash('sha256', JSON.stringify(parts), 'base64url')}`;
}
