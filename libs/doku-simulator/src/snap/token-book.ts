import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';

/** Of a merchant, or of one customer of a merchant (snap reference 2). */
export type TokenKind = 'b2b' | 'b2b2c';

/** How long a refresh token lives; not documented. */
const REFRESH_LIFE_SECONDS = 30 * 24 * 3_600;

/** A token that was given, without its text. */
export interface TokenRecord {
  /** Hash of the text. */
  readonly id: string;
  readonly kind: TokenKind;
  readonly clientId: string;
  /** Of the customer, for `b2b2c`. */
  readonly authCode?: string;
  /** Virtual time, ISO 8601. */
  readonly issuedAt: string;
  readonly expiresAt: string;
  revoked: boolean;
}

interface KnownToken {
  readonly text: string;
  readonly record: TokenRecord;
}

interface RefreshToken {
  readonly clientId: string;
  readonly authCode: string;
  readonly expiresAt: number;
}

/** A token as it is handed out. */
export interface IssuedToken {
  readonly text: string;
  readonly lifeSeconds: number;
}

/** The access tokens of all merchants and customers. */
@Injectable()
export class TokenBook {
  private readonly tokens = new Map<string, KnownToken>();
  private readonly refreshTokens = new Map<string, RefreshToken>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
    private readonly feed: ChangeFeed,
  ) {}

  issue(kind: TokenKind, clientId: string, authCode?: string): IssuedToken {
    const { newestTokenWins, tokenLifeSeconds } = this.settings.current;
    if (newestTokenWins) this.revokeWhere(kind, clientId, authCode);
    const now = this.clock.now().getTime();
    const text = createTokenText();
    this.tokens.set(text, {
      text,
      record: {
        id: hashToken(text),
        kind,
        clientId,
        ...(authCode !== undefined && { authCode }),
        issuedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + tokenLifeSeconds * 1_000).toISOString(),
        revoked: false,
      },
    });
    this.feed.announce();
    return { text, lifeSeconds: tokenLifeSeconds };
  }

  issueRefresh(clientId: string, authCode: string): IssuedToken {
    const text = randomUUID();
    const expiresAt = this.clock.now().getTime() + REFRESH_LIFE_SECONDS * 1_000;
    this.refreshTokens.set(text, { clientId, authCode, expiresAt });
    return { text, lifeSeconds: REFRESH_LIFE_SECONDS };
  }

  /** The customer of a refresh token, which is spent by this. */
  spendRefresh(clientId: string, text: string): string | undefined {
    const known = this.refreshTokens.get(text);
    if (known?.clientId !== clientId || known.expiresAt <= this.clock.now().getTime()) {
      return undefined;
    }
    this.refreshTokens.delete(text);
    return known.authCode;
  }

  find(kind: TokenKind, clientId: string, text: string): TokenRecord | undefined {
    const record = this.tokens.get(text)?.record;
    return record?.kind === kind && record.clientId === clientId ? record : undefined;
  }

  /** Why a token is of no use any more; `undefined` when it is good. */
  defectOf(token: TokenRecord): string | undefined {
    if (token.revoked) return 'it was revoked, or a newer one was given';
    if (Date.parse(token.expiresAt) > this.clock.now().getTime()) return undefined;
    return `it expired at ${token.expiresAt} (virtual time)`;
  }

  /** Text of the merchant's newest good token. */
  newest(clientId: string): string | undefined {
    return [...this.tokens.values()].findLast(
      ({ record }) =>
        record.kind === 'b2b' &&
        record.clientId === clientId &&
        this.defectOf(record) === undefined,
    )?.text;
  }

  /** Ends tokens at once; answers how many were still good. */
  revokeWhere(kind?: TokenKind, clientId?: string, authCode?: string): number {
    let count = 0;
    for (const { record } of this.tokens.values()) {
      if (kind !== undefined && record.kind !== kind) continue;
      if (clientId !== undefined && record.clientId !== clientId) continue;
      if (authCode !== undefined && record.authCode !== authCode) continue;
      if (this.defectOf(record) !== undefined) continue;
      record.revoked = true;
      count++;
    }
    this.feed.announce();
    return count;
  }

  /** Ends all that a customer's consent has brought. */
  forgetCustomer(clientId: string, authCode: string): void {
    this.revokeWhere('b2b2c', clientId, authCode);
    for (const [text, known] of this.refreshTokens) {
      if (known.authCode === authCode) this.refreshTokens.delete(text);
    }
  }

  all(): TokenRecord[] {
    return [...this.tokens.values()].map(({ record }) => record);
  }
}

/** Enough to tell tokens apart, and of no use to anybody. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** In the shape of a JWT, as DOKU's are, but to be treated as opaque: nothing can be read in it. */
function createTokenText(): string {
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  return `${header}.${randomBytes(72).toString('base64url')}.${randomBytes(128).toString('base64url')}`;
}
