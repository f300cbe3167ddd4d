import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuError } from '../errors/doku.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import { DokuClock } from '../http/doku-clock.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import {
  type HeldToken,
  isDueForRefresh,
  isUsable,
  livingRefreshToken,
  supersedes,
} from './access-token.js';
import { SharedTokens } from './shared-tokens.js';
import type { TokenGrant } from './token-grant.js';
import { TokenMemory } from './token-memory.js';
import { TokenRequester } from './token-requester.js';

/**
 * How long to wait for another process that has the lock, in milliseconds. A token request takes a fraction
 * of it: its holder has died, or the lock lies.
 */
const LONGEST_WAIT_MS = 3_000;
/** Longest pause between two looks at the store meanwhile, in milliseconds. */
const LOOK_EVERY_MS = 50;
/** After a failed early refresh, in milliseconds: the token still works, and DOKU has enough to do. */
const REFRESH_AGAIN_MS = 5_000;
/** How often a store that fails is told of, in milliseconds. */
const COMPLAINT_EVERY_MS = 60_000;

/** A token, and whether DOKU has issued it for whoever asked now; else it lay somewhere. */
export interface Obtained {
  readonly token: HeldToken;
  readonly isNew: boolean;
}

/**
 * Keeps tokens: in this process, and in the store that the app gave. A grant has one token at a time, and
 * one request under way at a time. Only use refreshes a token: no timer runs.
 */
@Injectable()
export class TokenKeeper implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('DokuTokens');
  private readonly memory = new TokenMemory();
  private readonly flights = new Map<string, Promise<Obtained>>();
  /** When the early refresh of a token last failed; milliseconds of `performance.now`. */
  private readonly failedRefreshes = new WeakMap<HeldToken, number>();
  private complainedAt = -Infinity;
  private isClosed = false;

  constructor(
    private readonly requester: TokenRequester,
    private readonly clock: DokuClock,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  onModuleInit(): void {
    const { store } = this.options.tokens;
    if (!store || store.lock) return;
    this.logger.warn(
      "tokens.store has no lock: processes that share it can revoke each other's tokens, since DOKU takes only the newest. Use redisTokenStore of nestjs-doku/redis, or give the store a lock.",
    );
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
  }

  /** A token that may be sent, at once if one is held. */
  get(grant: TokenGrant): HeldToken | Promise<HeldToken> {
    const held = this.memory.get(grant.key);
    const now = Date.now();
    if (!held || !isUsable(held, now)) return this.obtain(grant, held).then(tokenOf);
    if (mayRefreshEarly(grant, held, now) && isDueForRefresh(held, now)) {
      this.refreshInBackground(grant, held);
    }
    return held;
  }

  /** When the token of a grant was obtained and when it ends, if this process has one. Asks for none. */
  lifeOf({ key }: TokenGrant): Pick<HeldToken, 'obtainedAt' | 'expiresAt'> | undefined {
    const held = this.memory.get(key);
    return held && { obtainedAt: held.obtainedAt, expiresAt: held.expiresAt };
  }

  /** Another token than the one that DOKU refused: the one that is held by now, else a new one. */
  async renew(grant: TokenGrant, refused: HeldToken): Promise<Obtained> {
    const held = this.memory.get(grant.key);
    return supersedes(held, refused, Date.now())
      ? { token: held, isNew: false }
      : this.obtain(grant, refused);
  }

  /** Forgets the token of a grant, here and in the store. */
  async forget(grant: TokenGrant): Promise<void> {
    this.memory.end(grant.key);
    // A request under way would bring back what was forgotten.
    this.flights.delete(grant.key);
    await this.shared(grant)?.forget();
  }

  /** One request at a time: whoever comes meanwhile waits for the same, and shares its error. */
  private obtain(
    grant: TokenGrant,
    outdated: HeldToken | undefined,
    isEarly = false,
  ): Promise<Obtained> {
    const underWay = this.flights.get(grant.key);
    if (underWay) return underWay;
    const isCurrent = (): boolean => this.flights.get(grant.key) === flight;
    const flight = this.fetch(grant, outdated, { isEarly, isCurrent })
      .then((obtained) => {
        if (isCurrent()) this.memory.set(grant.key, obtained.token);
        return obtained;
      })
      .finally(() => {
        if (isCurrent()) this.flights.delete(grant.key);
      });
    this.flights.set(grant.key, flight);
    return flight;
  }

  private refreshInBackground(grant: TokenGrant, held: HeldToken): void {
    if (this.flights.has(grant.key)) return;
    const failedAt = this.failedRefreshes.get(held) ?? -Infinity;
    if (performance.now() - failedAt < REFRESH_AGAIN_MS) return;
    this.obtain(grant, held, true).catch((error: unknown) => {
      this.failedRefreshes.set(held, performance.now());
      const code = error instanceof DokuError ? error.code : 'unexpected';
      this.logger.warn(
        `the ${grant.kind} token of merchant ${grant.merchant.name} could not be refreshed early (${code}); it is used until it ends`,
      );
    });
  }

  /** From the store if another process has put a newer one there, else from DOKU. */
  private async fetch(
    grant: TokenGrant,
    outdated: HeldToken | undefined,
    { isEarly, isCurrent }: Flight,
  ): Promise<Obtained> {
    const shared = this.shared(grant);
    if (!shared) {
      return { token: await this.requester.request(grant, outdated, isEarly), isNew: true };
    }
    const patientUntil = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const known = await shared.read();
      if (supersedes(known, outdated, Date.now())) return { token: known, isNew: false };
      const lock = await shared.lock();
      if (lock === 'busy' && performance.now() < patientUntil) {
        await this.pause();
        continue;
      }
      try {
        // Its last holder may have put one there since we looked.
        const latest = await shared.read();
        if (supersedes(latest, outdated, Date.now())) return { token: latest, isNew: false };
        const token = await this.requester.request(grant, newest(outdated, latest), isEarly);
        // Written late, a token that was forgotten meanwhile would come back.
        if (isCurrent()) await shared.write(token);
        return { token, isNew: true };
      } finally {
        if (lock !== 'busy') await lock();
      }
    }
  }

  /** A random while, in which another process may get a token. A call that waits keeps the process alive. */
  private async pause(): Promise<void> {
    if (this.isClosed) {
      throw new DokuUnavailableError('no token is asked for any more: the app is closed', {
        fix: 'Nothing was sent. Call again in an app that runs.',
      });
    }
    await new Promise((resolve) => {
      setTimeout(resolve, Math.random() * LOOK_EVERY_MS).unref();
    });
  }

  private shared(grant: TokenGrant): SharedTokens | undefined {
    const { store } = this.options.tokens;
    if (!store) return undefined;
    return new SharedTokens(
      store,
      grant,
      () => this.clock.offsetMs,
      (what) => {
        this.complain(what);
      },
    );
  }

  private complain(what: string): void {
    if (performance.now() - this.complainedAt < COMPLAINT_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.logger.warn(
      `tokens.store failed (${what}); tokens are kept in this process only until it works again`,
    );
  }
}

/** One way to a token, for all who wait for it. */
interface Flight {
  /** Whether the outdated token still works. */
  readonly isEarly: boolean;
  /** Whether it is still wanted: the token may have been forgotten meanwhile. */
  readonly isCurrent: () => boolean;
}

function tokenOf({ token }: Obtained): HeldToken {
  return token;
}

/** With only an authCode there is no early refresh: a wallet's can be used but once. An account has new ones. */
function mayRefreshEarly({ kind, customer }: TokenGrant, held: HeldToken, now: number): boolean {
  return (
    kind === 'b2b' ||
    livingRefreshToken(held, now) !== undefined ||
    (customer !== undefined && 'accountId' in customer)
  );
}

function newest(a: HeldToken | undefined, b: HeldToken | undefined): HeldToken | undefined {
  return (b?.generation ?? 0) > (a?.generation ?? 0) ? b : a;
}
