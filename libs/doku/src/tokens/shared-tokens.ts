import type { HeldToken } from './access-token.js';
import type { TokenGrant } from './token-grant.js';
import { openToken, sealToken } from './token-seal.js';
import type { DokuTokenStore, ReleaseLock } from './token-store.js';

/** A store that takes longer, in milliseconds, is passed by. */
const PATIENCE_MS = 500;
/** Longer than a token request of ours may take (10 s), in milliseconds. */
const LOCK_MS = 12_000;
/** Kept that long at most, in milliseconds: a refresh token may outlive its access token by far. */
const LONGEST_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/**
 * The store that the app gave, as far as it can be trusted: it may throw, hang or lie, and the worst that
 * happens is a token request more. One for each time a token is obtained: once it has failed, it is not
 * asked again before the next time.
 */
export class SharedTokens {
  private hasFailed = false;

  /**
   * @param offsetMs what the clock of this machine lacks: other machines have other clocks
   * @param complain told what failed, and the kind of error
   */
  constructor(
    private readonly store: DokuTokenStore,
    private readonly grant: TokenGrant,
    private readonly offsetMs: () => number,
    private readonly complain: (what: string) => void,
  ) {}

  async read(): Promise<HeldToken | undefined> {
    const { key, merchant } = this.grant;
    const sealed = await this.ask('get', () => this.store.get(key));
    const token = openToken(sealed, key, merchant.acceptedSecretKeys);
    return token && shifted(token, -this.offsetMs());
  }

  async write(token: HeldToken): Promise<void> {
    const { key, merchant } = this.grant;
    // After its end the refresh token is still needed, and the generation.
    const end = Math.max(token.expiresAt, token.refreshExpiresAt ?? 0);
    const ttlMs = Math.min(Math.max(end - Date.now(), 1_000), LONGEST_KEPT_MS);
    const sealed = sealToken(shifted(token, this.offsetMs()), key, merchant.secretKey);
    await this.ask('set', () => this.store.set(key, sealed, Math.round(ttlMs)));
  }

  async forget(): Promise<void> {
    await this.ask('delete', () => this.store.delete(this.grant.key));
  }

  /** The right to request a token; `'busy'` while another process has it. */
  async lock(): Promise<ReleaseLock | 'busy'> {
    const { store, hasFailed: failedBefore } = this;
    if (!store.lock || failedBefore) return () => undefined;
    const taking = this.attempt(() => store.lock?.(`${this.grant.key}:lock`, LOCK_MS));
    const release = await this.within('lock', taking);
    // Released whatever else has failed: others would wait until it opens by itself.
    if (isRelease(release)) return () => this.within('release', this.attempt(release));
    if (!this.hasFailed) return 'busy';
    taking.then(
      (late) => (isRelease(late) ? this.within('release', this.attempt(late)) : undefined),
      () => undefined,
    );
    return () => undefined;
  }

  /** What the store answers in time; `undefined` for everything else, and once it has failed. */
  private async ask(what: string, action: () => unknown): Promise<unknown> {
    return this.hasFailed ? undefined : this.within(what, this.attempt(action));
  }

  /** An action that may throw at once. */
  private attempt(action: () => unknown): Promise<unknown> {
    return Promise.resolve().then(action);
  }

  private async within(what: string, answer: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${PATIENCE_MS} ms`));
      }, PATIENCE_MS).unref();
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      this.hasFailed = true;
      // Not its message: a client of a store may put keys, values or passwords into it.
      this.complain(`${what}: ${error instanceof Error ? error.name : typeof error}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The same token by another clock. */
function shifted(token: HeldToken, ms: number): HeldToken {
  const { obtainedAt, expiresAt, refreshExpiresAt } = token;
  return {
    ...token,
    obtainedAt: obtainedAt + ms,
    expiresAt: expiresAt + ms,
    ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt: refreshExpiresAt + ms }),
  };
}

function isRelease(value: unknown): value is ReleaseLock {
  return typeof value === 'function';
}
