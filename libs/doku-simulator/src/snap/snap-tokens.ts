import { Injectable } from '@nestjs/common';
import { BindingBook } from '../bank/binding-book.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { AuthCodes } from './auth-codes.js';
import { SnapError } from './snap-error.js';
import { toJakartaTime } from './snap-time.js';
import { TokenBook, type IssuedToken } from './token-book.js';
import type { JsonObject } from '../engine/json.js';
import type { Merchant } from '../engine/merchants.js';

/** Gives tokens to merchants, and for their customers (snap reference 2). */
@Injectable()
export class SnapTokens {
  constructor(
    private readonly tokens: TokenBook,
    private readonly bindings: BindingBook,
    private readonly authCodes: AuthCodes,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  giveMerchantToken({ clientId }: Merchant, body: JsonObject): JsonObject {
    demandGrantType(body, ['client_credentials']);
    const { text, lifeSeconds } = this.tokens.issue('b2b', clientId);
    const { expiresInAs } = this.settings.current;
    return {
      accessToken: text,
      tokenType: 'Bearer',
      ...(expiresInAs !== 'missing' && {
        expiresIn: expiresInAs === 'number' ? lifeSeconds : String(lifeSeconds),
      }),
      additionalInfo: '',
    };
  }

  giveCustomerToken({ clientId }: Merchant, body: JsonObject): JsonObject {
    const grantType = demandGrantType(body, ['authorization_code', 'refresh_token']);
    const authCode =
      grantType === 'authorization_code'
        ? this.readAuthCode(clientId, demandText(body, 'authCode'))
        : this.spendRefreshToken(clientId, demandText(body, 'refreshToken'));
    this.demandBound(clientId, authCode);
    const access = this.tokens.issue('b2b2c', clientId, authCode);
    const refresh = this.tokens.issueRefresh(clientId, authCode);
    return {
      accessToken: access.text,
      tokenType: 'Bearer',
      ...this.expiryOf('accessTokenExpiryTime', access),
      refreshToken: refresh.text,
      ...this.expiryOf('refreshTokenExpiryTime', refresh),
      additionalInfo: {},
    };
  }

  /** Tokens belong to the binding: a code that is good once only leads to it, and is spent. */
  private readAuthCode(clientId: string, authCode: string): string {
    const known = this.authCodes.find(clientId, authCode);
    if (known === undefined) {
      // The link of such a binding is told to the merchant, but gives no tokens.
      if (this.bindings.find(authCode)?.hasOneTimeCodes === true) throw unknownAuthCode();
      return authCode;
    }
    if (known.isSpent) {
      throw SnapError.unauthorized(
        'authCode was used before; each is good once: inquire the account for another, or refresh.',
      );
    }
    this.demandBound(clientId, known.binding.authCode);
    known.isSpent = true;
    return known.binding.authCode;
  }

  private spendRefreshToken(clientId: string, text: string): string {
    const authCode = this.tokens.spendRefresh(clientId, text);
    if (authCode === undefined) {
      throw SnapError.unauthorized(
        'refreshToken is unknown, expired or was used before; each is good once, or use authCode.',
      );
    }
    return authCode;
  }

  private demandBound(clientId: string, authCode: string): void {
    const binding = this.bindings.find(authCode);
    if (binding?.clientId !== clientId) {
      throw unknownAuthCode();
    }
    switch (binding.state) {
      case 'BOUND':
        return;
      case 'PENDING':
        throw SnapError.unauthorized(
          'The customer has not completed the binding of this authCode; send them to its redirectUrl.',
        );
      case 'DECLINED':
        throw SnapError.unauthorized('The customer declined the binding of this authCode.');
      case 'UNBOUND':
        throw SnapError.unauthorized('The account of this authCode was unbound; bind it anew.');
    }
  }

  /** Instants go over the wire, so they follow its clock. */
  private expiryOf(name: string, { lifeSeconds }: IssuedToken): JsonObject {
    const { customerTokenExpiry } = this.settings.current;
    switch (customerTokenExpiry) {
      case 'missing':
        return {};
      case 'seconds':
        return { [name]: String(lifeSeconds) };
      case 'instant': {
        const end = this.clock.wireNow().getTime() + lifeSeconds * 1_000;
        return { [name]: toJakartaTime(new Date(end)) };
      }
    }
  }
}

function unknownAuthCode(): SnapError {
  return SnapError.unauthorized('authCode is not known; take it from the answer of a binding.');
}

function demandGrantType(body: JsonObject, known: readonly string[]): string {
  const given = demandText(body, 'grantType');
  if (!known.includes(given)) {
    throw SnapError.malformed('grantType', `it must be ${known.join(' or ')}.`);
  }
  return given;
}

function demandText(body: JsonObject, field: string): string {
  const value = body[field];
  if (value === undefined || value === null || value === '') throw SnapError.missing(field);
  if (typeof value !== 'string') throw SnapError.malformed(field, 'it must be a string.');
  return value;
}
