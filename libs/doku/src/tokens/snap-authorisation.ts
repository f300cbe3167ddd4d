import type { Authorisation } from '../http/authorisation.js';
import type { CallDeadline } from '../http/call-deadline.js';
import type { PreparedCall } from '../http/prepared-call.js';
import type { Refusal } from '../http/refusal.js';
import { snapResponseCode } from '../http/snap-response-codes.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { SnapSigning } from '../signing/signing-context.js';
import type { HeldToken } from './access-token.js';
import { b2b2cGrant, b2bGrant, type TokenGrant } from './token-grant.js';
import type { TokenKeeper } from './token-keeper.js';

type TokenKind = TokenGrant['kind'];

/** Which token a refusal with HTTP 401 is about, by its case code (reference snap 13). */
const REFUSED_TOKEN: Readonly<Record<string, TokenKind>> = {
  '01': 'b2b',
  '02': 'b2b2c',
  '03': 'b2b',
  '04': 'b2b2c',
};

interface AwaitedToken {
  readonly grant: TokenGrant;
  readonly token: Promise<HeldToken>;
}

/**
 * The tokens of one SNAP call: the merchant's, and a customer's if the call is about one. Each of them is
 * replaced at most once by a new one. One that another call or process has got meanwhile is tried before
 * that, once: it may have been revoked as well.
 */
export class SnapAuthorisation implements Authorisation {
  private readonly grants: readonly TokenGrant[];
  /** Private for good: nothing may print a token. */
  readonly #held = new Map<TokenKind, HeldToken>();
  private readonly replaced = new Map<TokenKind, 'by-held' | 'by-new'>();
  private readonly customerAuthorization: 'bearer' | 'bare';

  constructor(
    private readonly keeper: TokenKeeper,
    private readonly call: PreparedCall,
    { baseUrl, http }: ResolvedDokuOptions,
  ) {
    const { merchant, customer } = call;
    const isExchanged = customer !== undefined && !('accessToken' in customer);
    this.grants = [
      b2bGrant(merchant, baseUrl),
      ...(isExchanged ? [b2b2cGrant(merchant, baseUrl, customer)] : []),
    ];
    this.customerAuthorization = http.customerAuthorization;
  }

  get hasReplaced(): boolean {
    return [...this.replaced.values()].includes('by-new');
  }

  /** Before every attempt: another call may have replaced a token, and waiting for one takes of the other's life. */
  ready(deadline: CallDeadline): Promise<void> | undefined {
    const awaited = this.take(this.grants);
    return awaited.length === 0 ? undefined : this.wait(awaited, deadline);
  }

  sign({ merchant, id, headers }: PreparedCall, at: Date): SnapSigning {
    const customerToken = this.customerToken();
    return new SnapSigning(
      merchant.clientId,
      merchant.secretKey,
      id.externalId ?? '',
      at,
      this.#held.get('b2b')?.accessToken ?? '',
      {
        ...headers,
        ...(customerToken === undefined
          ? {}
          : {
              'Authorization-Customer':
                this.customerAuthorization === 'bearer' ? `Bearer ${customerToken}` : customerToken,
            }),
      },
    );
  }

  overcomes({ responseCode = '' }: Refusal, deadline: CallDeadline): Promise<boolean> | false {
    const code = snapResponseCode(responseCode);
    const kinds = code?.httpStatus === 401 ? this.refusedKinds(code.case) : [];
    for (const kind of kinds) {
      const grant = this.grants.find((each) => each.kind === kind);
      const refused = this.#held.get(kind);
      if (!grant || !refused || this.replaced.get(kind) === 'by-new') continue;
      return this.replace(grant, refused, deadline);
    }
    return false;
  }

  secrets(): readonly string[] {
    const tokens = [...this.#held.values()].flatMap(({ accessToken, refreshToken }) => [
      accessToken,
      ...(refreshToken === undefined ? [] : [refreshToken]),
    ]);
    return [...tokens, ...Object.values(this.call.customer ?? {})];
  }

  /** The tokens that a case may mean, the likeliest first. */
  private refusedKinds(caseCode: string): readonly TokenKind[] {
    const kind = REFUSED_TOKEN[caseCode];
    const { doubtfulTokenCases = [] } = this.call.operation;
    return [
      ...(kind === undefined ? [] : [kind]),
      ...(doubtfulTokenCases.includes(caseCode) ? (['b2b2c'] as const) : []),
    ];
  }

  private async replace(
    grant: TokenGrant,
    refused: HeldToken,
    deadline: CallDeadline,
  ): Promise<boolean> {
    const isLast = this.replaced.has(grant.kind);
    const { token, isNew } = await deadline.wait(this.keeper.renew(grant, refused));
    this.#held.set(grant.kind, token);
    this.replaced.set(grant.kind, isNew || isLast ? 'by-new' : 'by-held');
    return true;
  }

  /** Takes the tokens that are there, and tells which have to be waited for. */
  private take(grants: readonly TokenGrant[]): AwaitedToken[] {
    return grants.flatMap((grant) => {
      const token = this.keeper.get(grant);
      if (token instanceof Promise) return [{ grant, token }];
      this.#held.set(grant.kind, token);
      return [];
    });
  }

  /** Waits for tokens, and then looks once more at those that were there. */
  private async wait(awaited: readonly AwaitedToken[], deadline: CallDeadline): Promise<void> {
    await deadline.wait(
      Promise.all(
        awaited.map(async ({ grant, token }) => {
          this.#held.set(grant.kind, await token);
        }),
      ),
    );
    const waitedFor = new Set(awaited.map(({ grant }) => grant));
    const late = this.take(this.grants.filter((grant) => !waitedFor.has(grant)));
    if (late.length > 0) await this.wait(late, deadline);
  }

  private customerToken(): string | undefined {
    const { customer } = this.call;
    return customer && 'accessToken' in customer
      ? customer.accessToken
      : this.#held.get('b2b2c')?.accessToken;
  }
}
