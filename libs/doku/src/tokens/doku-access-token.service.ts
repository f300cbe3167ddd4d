import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import { DokuValidationError } from '../errors/doku-validation.error.js';
import { CallDeadline, CallEnded } from '../http/call-deadline.js';
import type { DokuCallOptions, DokuCustomer } from '../http/doku-call-options.js';
import { problemsOfTimeout } from '../http/prepared-call.js';
import { readCustomer } from '../http/scheme-parts.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { DokuAccessToken, HeldToken } from './access-token.js';
import { b2b2cGrant, b2bGrant, type TokenGrant } from './token-grant.js';
import { TokenKeeper } from './token-keeper.js';

/** Whose token. */
export interface DokuTokenRequest extends Pick<
  DokuCallOptions,
  'merchant' | 'signal' | 'timeoutMs'
> {
  /** The customer; a merchant's own token has none. */
  readonly customer?: DokuCustomer;
}

/**
 * The access tokens that SNAP calls are made with. Services take care of them by themselves; use this to
 * bind an account fully (exchange the authCode once), to keep a refresh token, or to forget a customer.
 */
@Injectable()
export class DokuAccessTokenService {
  /** @internal Made by Nest. */
  constructor(
    private readonly keeper: TokenKeeper,
    private readonly merchants: MerchantRegistry,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /**
   * The merchant's own token, which serves all SNAP APIs of DOKU; a new one only if need be
   * (reference snap 2.1).
   *
   * @throws DokuConfigurationError without the merchant's `privateKey`
   * @throws DokuAuthenticationError when DOKU refuses the client id, the key or the clock
   * @throws DokuUnavailableError when DOKU does not answer
   */
  async getB2bToken(request: Omit<DokuTokenRequest, 'customer'> = {}): Promise<DokuAccessToken> {
    const merchant = this.merchants.named(request.merchant);
    return this.held(b2bGrant(merchant, this.options.baseUrl), request);
  }

  /**
   * The token of one customer (reference snap 2.2). Takes an authCode, a refresh token or a wallet's account id.
   *
   * @throws DokuAuthenticationError, with `responseCode` 4017400, when the customer has unlinked the account
   * and what `getB2bToken` throws
   */
  async getB2b2cToken(
    request: DokuTokenRequest & { readonly customer: DokuCustomer },
  ): Promise<DokuAccessToken> {
    return this.held(this.customerGrant(request), request);
  }

  /**
   * Forgets a token, in this process and in the store, so that the next use requests another: the
   * customer's where one is given, else the merchant's own. DOKU is not told.
   */
  async invalidate(request: Pick<DokuTokenRequest, 'merchant' | 'customer'> = {}): Promise<void> {
    const { customer } = request;
    const known = readCustomer(customer);
    if (known && 'accessToken' in known) return;
    const grant = customer
      ? this.customerGrant({ ...request, customer })
      : b2bGrant(this.merchants.named(request.merchant), this.options.baseUrl);
    await this.keeper.forget(grant);
  }

  private customerGrant({
    merchant,
    customer,
  }: Pick<DokuTokenRequest, 'merchant'> & { readonly customer: DokuCustomer }): TokenGrant {
    const known = readCustomer(customer);
    if (!known || 'accessToken' in known) {
      throw new DokuValidationError([
        'customer must have exactly one of authCode, refreshToken and accountId, a text without blanks of at most 2048 characters (64 of an accountId); an accessToken is a token already',
      ]);
    }
    return b2b2cGrant(this.merchants.named(merchant), this.options.baseUrl, known);
  }

  private async held(
    grant: TokenGrant,
    { signal, timeoutMs = this.options.http.timeoutMs }: DokuTokenRequest,
  ): Promise<DokuAccessToken> {
    const problems = problemsOfTimeout(timeoutMs);
    if (problems.length > 0) throw new DokuValidationError(problems);
    const deadline = new CallDeadline(timeoutMs, signal);
    try {
      const token = this.keeper.get(grant);
      return published(token instanceof Promise ? await deadline.wait(token) : token);
    } catch (error) {
      if (!(error instanceof CallEnded)) throw error;
      throw new DokuUnavailableError(`no token came: ${deadline.cause() ?? 'the call ended'}`, {
        merchant: grant.merchant.name,
        fix: 'Nothing was changed. Try again, or allow more time.',
      });
    } finally {
      deadline.clear();
    }
  }
}

function published({ accessToken, expiresAt, refreshToken }: HeldToken): DokuAccessToken {
  return {
    accessToken,
    expiresAt: new Date(expiresAt),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}
