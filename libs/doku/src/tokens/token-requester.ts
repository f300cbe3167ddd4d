import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { DokuError } from '../errors/doku.error.js';
import type { Authorisation } from '../http/authorisation.js';
import { CallDeadline } from '../http/call-deadline.js';
import { CallRunner } from '../http/call-runner.js';
import { DokuClock } from '../http/doku-clock.js';
import type { DokuOperation } from '../http/doku-operation.js';
import { prepareCall } from '../http/prepared-call.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { SnapTokenSigning } from '../signing/signing-context.js';
import type { HeldToken } from './access-token.js';
import type { TokenGrant } from './token-grant.js';
import { endOfLife } from './token-life.js';
import {
  B2B2C_TOKEN,
  B2B_TOKEN,
  type CustomerGrant,
  type TokenAnswer,
} from './token-operations.js';

/** Longest time in milliseconds for a token request, repeats included. */
const TOKEN_DEADLINE_MS = 10_000;

/** Asks DOKU for tokens (reference snap 2). */
@Injectable()
export class TokenRequester {
  constructor(
    private readonly runner: CallRunner,
    private readonly clock: DokuClock,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /**
   * Obtains a new token.
   *
   * @param outdated the token that it replaces
   */
  request(grant: TokenGrant, outdated: HeldToken | undefined): Promise<HeldToken> {
    const { customer } = grant;
    if (!customer) return this.ask(grant, B2B_TOKEN, { grantType: 'client_credentials' }, outdated);
    const refreshToken = refreshTokenOf(outdated, this.clock.now().getTime());
    if ('refreshToken' in customer) {
      return this.askForCustomer(grant, outdated, {
        grantType: 'refresh_token',
        refreshToken: refreshToken ?? customer.refreshToken,
      });
    }
    const byAuthCode = { grantType: 'authorization_code', authCode: customer.authCode } as const;
    if (refreshToken === undefined) return this.askForCustomer(grant, outdated, byAuthCode);
    return this.askForCustomer(grant, outdated, {
      grantType: 'refresh_token',
      refreshToken,
    }).catch((error: unknown) => {
      // A refresh token's life is not documented; the authCode of a direct debit may be used again.
      if (isRefusal(error)) return this.askForCustomer(grant, outdated, byAuthCode);
      throw error;
    });
  }

  private askForCustomer(
    grant: TokenGrant,
    outdated: HeldToken | undefined,
    request: CustomerGrant,
  ): Promise<HeldToken> {
    return this.ask(grant, B2B2C_TOKEN, request, outdated);
  }

  private async ask<Request extends object>(
    { merchant }: TokenGrant,
    operation: DokuOperation<Request, TokenAnswer>,
    request: Request,
    outdated: HeldToken | undefined,
  ): Promise<HeldToken> {
    const authorisation = tokenAuthorisation(merchant);
    const call = { ...prepareCall(operation, request, {}, merchant), id: {} };
    const started = performance.now();
    const timeoutMs = Math.min(this.options.http.timeoutMs, TOKEN_DEADLINE_MS);
    const answer = await this.runner.run(
      call,
      authorisation,
      new CallDeadline(timeoutMs, undefined),
    );
    // From when it was asked for: its life may have begun then. Read late, since the answer to the first
    // attempt may have shown that our clock was off.
    const obtainedAt = this.clock.now().getTime() - (performance.now() - started);
    // `mandatory` and `normalise` of the operation vouch for it.
    return heldToken(answer as TokenAnswer, Math.round(obtainedAt), outdated);
  }
}

function heldToken(
  answer: TokenAnswer,
  obtainedAt: number,
  outdated: HeldToken | undefined,
): HeldToken {
  const { accessToken, refreshToken, refreshTokenExpiryTime } = answer;
  const told = answer.expiresIn ?? answer.accessTokenExpiryTime;
  return {
    accessToken,
    obtainedAt,
    expiresAt: endOfLife(told, obtainedAt),
    ...(typeof refreshToken === 'string' && refreshToken !== ''
      ? { refreshToken, refreshExpiresAt: endOfLife(refreshTokenExpiryTime, obtainedAt) }
      : {}),
    generation: Math.max(obtainedAt, (outdated?.generation ?? 0) + 1),
  };
}

function refreshTokenOf(token: HeldToken | undefined, now: number): string | undefined {
  return (token?.refreshExpiresAt ?? 0) > now ? token?.refreshToken : undefined;
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof DokuError && (error.code === 'refused' || error.code === 'authentication')
  );
}

/** A token request is signed with the merchant's own key, and carries no token. */
function tokenAuthorisation({ name, clientId, privateKey }: ResolvedMerchant): Authorisation {
  if (!privateKey) {
    const option = name === 'default' ? 'privateKey' : `merchants.${name}.privateKey`;
    throw new DokuConfigurationError(
      'is missing, and SNAP channels need it',
      option,
      "Give your RSA private key (PEM), and register its public half in DOKU's Back Office.",
    );
  }
  return {
    ready: () => undefined,
    sign: (_call, at) => new SnapTokenSigning(clientId, privateKey, at),
    overcomes: () => false,
    secrets: () => [],
  };
}
