import { Inject, Injectable } from '@nestjs/common';

import { outcomeOf, publish } from '../diagnostics/doku-diagnostics.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { DokuError } from '../errors/doku.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import type { Authorisation } from '../http/authorisation.js';
import { CallDeadline } from '../http/call-deadline.js';
import { CallRunner } from '../http/call-runner.js';
import { DokuClock } from '../http/doku-clock.js';
import type { DokuOperation } from '../http/doku-operation.js';
import { prepareCall } from '../http/prepared-call.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { SnapTokenSigning } from '../signing/signing-context.js';
import { type HeldToken, livingRefreshToken } from './access-token.js';
import { AccountAuthCodes } from './account-auth-codes.js';
import type { TokenGrant } from './token-grant.js';
import { endOfLife } from './token-life.js';
import {
  B2B2C_TOKEN,
  B2B2C_TOKEN_ONCE,
  B2B_TOKEN,
  type CustomerGrant,
  type TokenAnswer,
} from './token-operations.js';

/** Longest time in milliseconds for a token request, repeats included. */
const TOKEN_DEADLINE_MS = 10_000;
/** How often an exchange whose answer was lost may be begun anew, with another authCode. */
const MAX_NEW_BEGINNINGS = 2;

/** A token that is asked for. */
interface Wanted {
  /** The one that it replaces. */
  readonly outdated: HeldToken | undefined;
  /** When it must be there; milliseconds of `performance.now`. */
  readonly endsAt: number;
}

/** Asks DOKU for tokens (reference snap 2). */
@Injectable()
export class TokenRequester {
  constructor(
    private readonly runner: CallRunner,
    private readonly authCodes: AccountAuthCodes,
    private readonly clock: DokuClock,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /**
   * Obtains a new token.
   *
   * @param outdated the token that it replaces
   * @param isEarly that one still works: no authCode is spent, which a wallet may take but once
   */
  async request(
    grant: TokenGrant,
    outdated: HeldToken | undefined,
    isEarly = false,
  ): Promise<HeldToken> {
    const started = performance.now();
    const tell = (outcome: string): void => {
      publish('nestjs-doku:token.refreshed', () => ({
        merchant: grant.merchant.name,
        kind: grant.kind,
        outcome,
        durationMs: Math.round(performance.now() - started),
      }));
    };
    try {
      const token = await this.obtain(grant, outdated, isEarly);
      tell('ok');
      return token;
    } catch (error) {
      tell(outcomeOf(error));
      throw error;
    }
  }

  private async obtain(
    grant: TokenGrant,
    outdated: HeldToken | undefined,
    isEarly: boolean,
  ): Promise<HeldToken> {
    const { customer } = grant;
    // One deadline for all that may be asked: other processes wait for the lock.
    const endsAt = performance.now() + Math.min(this.options.http.timeoutMs, TOKEN_DEADLINE_MS);
    const wanted: Wanted = { outdated, endsAt };
    const ask = <Request extends object>(
      operation: DokuOperation<Request, TokenAnswer>,
      request: Request,
    ): Promise<HeldToken> => this.ask(grant.merchant, operation, request, wanted);

    if (!customer) return ask(B2B_TOKEN, { grantType: 'client_credentials' });
    if ('accountId' in customer) {
      return this.askForAccount(grant.merchant, customer.accountId, wanted);
    }
    const refreshToken = outdated && livingRefreshToken(outdated, Date.now());
    if ('refreshToken' in customer) {
      return ask(B2B2C_TOKEN, byRefreshToken(refreshToken ?? customer.refreshToken));
    }
    if (refreshToken !== undefined) {
      try {
        return await ask(B2B2C_TOKEN, byRefreshToken(refreshToken));
      } catch (error) {
        // A refresh token's life is not documented; the authCode of a direct debit may be used again.
        if (isEarly || !isRefusal(error)) throw error;
      }
    }
    return ask(B2B2C_TOKEN, { grantType: 'authorization_code', authCode: customer.authCode });
  }

  /**
   * With a fresh authCode each time (reference wallet B.3, way A). It can be used only once, so that it is neither
   * kept nor sent again: after an exchange that may have used it up, the account is inquired anew.
   */
  private async askForAccount(
    merchant: ResolvedMerchant,
    accountId: string,
    wanted: Wanted,
  ): Promise<HeldToken> {
    const remaining = (): number => Math.max(1, Math.round(wanted.endsAt - performance.now()));
    for (let beginnings = 0; ; beginnings += 1) {
      const authCode = await this.authCodes.fresh(merchant, accountId, remaining());
      const request = { grantType: 'authorization_code', authCode } as const;
      try {
        return await this.ask(merchant, B2B2C_TOKEN_ONCE, request, wanted);
      } catch (error) {
        if (!isWithoutAnswer(error)) throw error;
        if (beginnings < MAX_NEW_BEGINNINGS && remaining() > 1) continue;
        throw new DokuUnavailableError(`${error.message}; no token came`, {
          operation: B2B2C_TOKEN.name,
          merchant: merchant.name,
          httpStatus: error.httpStatus,
          responseCode: error.responseCode,
          fix: 'Nothing was changed. Try again later.',
        });
      }
    }
  }

  private async ask<Request extends object>(
    merchant: ResolvedMerchant,
    operation: DokuOperation<Request, TokenAnswer>,
    request: Request,
    { outdated, endsAt }: Wanted,
  ): Promise<HeldToken> {
    const authorisation = tokenAuthorisation(merchant);
    const call = { ...prepareCall(operation, request, {}, merchant), id: {} };
    const started = performance.now();
    const timeoutMs = Math.max(1, Math.round(endsAt - started));
    const answer = await this.runner.run(
      call,
      authorisation,
      new CallDeadline(timeoutMs, undefined),
    );
    // From when it was asked for: its life may have begun then.
    const obtainedAt = Math.round(Date.now() - (performance.now() - started));
    // `mandatory` and `normalise` of the operation vouch for it.
    return heldToken(answer as TokenAnswer, obtainedAt, this.clock.offsetMs, outdated);
  }
}

function heldToken(
  answer: TokenAnswer,
  obtainedAt: number,
  offsetMs: number,
  outdated: HeldToken | undefined,
): HeldToken {
  const { accessToken, refreshToken, refreshTokenExpiryTime } = answer;
  const told = answer.expiresIn ?? answer.accessTokenExpiryTime;
  // Instants are told by DOKU's clock.
  const endOf = (life: unknown): number => endOfLife(life, obtainedAt + offsetMs) - offsetMs;
  return {
    accessToken,
    obtainedAt,
    expiresAt: endOf(told),
    ...(typeof refreshToken === 'string' && refreshToken !== ''
      ? { refreshToken, refreshExpiresAt: endOf(refreshTokenExpiryTime) }
      : {}),
    generation: Math.max(obtainedAt + offsetMs, (outdated?.generation ?? 0) + 1),
  };
}

function byRefreshToken(refreshToken: string): CustomerGrant {
  return { grantType: 'refresh_token', refreshToken };
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof DokuError &&
    (error.code === 'refused' || error.code === 'authentication') &&
    !error.retryable
  );
}

function isWithoutAnswer(error: unknown): error is DokuError {
  return (
    error instanceof DokuError && (error.code === 'outcome-unknown' || error.code === 'unavailable')
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
    hasReplaced: false,
    secrets: () => [],
  };
}
