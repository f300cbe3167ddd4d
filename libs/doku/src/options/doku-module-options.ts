import type { KeyObject } from 'node:crypto';

import type { ConfigurableModuleAsyncOptions } from '@nestjs/common';

import type { DokuChannelOptions } from '../channels/channels.js';
import type { DokuCustomer } from '../http/doku-call-options.js';
import type { DokuDurableDelivery } from '../notifications/durable-delivery.js';
import type { DokuPaymentIntent } from '../reconciliation/payment-intent.js';
import type { DokuTokenStore } from '../tokens/token-store.js';

/** Which of DOKU's two systems to talk to. */
export type DokuEnvironment = 'sandbox' | 'production';

/** An RSA private key of at least 2048 bits: PEM, `KeyObject`, or an encrypted PEM with its passphrase. */
export type DokuPrivateKey =
  string | KeyObject | { readonly key: string; readonly passphrase: string };

/** An RSA public key of at least 2048 bits: PEM (SPKI) or `KeyObject`. */
export type DokuPublicKey = string | KeyObject;

/** Credentials of one merchant, as DOKU's Back Office shows them. */
export interface DokuMerchantOptions {
  /** Client ID, such as `MCH-0001-10791114622547` or `BRN-…`. */
  readonly clientId: string;
  /** Secret Key shared with DOKU; signs requests, verifies answers and notifications. */
  readonly secretKey: string;
  /** Secrets, outbound or inbound, that still verify what DOKU signs while a new one is rolled out; never used to sign. */
  readonly previousSecretKeys?: readonly string[];
  /** The merchant's own RSA key; SNAP channels need it. */
  readonly privateKey?: DokuPrivateKey;
  /** DOKU's RSA key or keys (several while it rotates); verifies its call to our token endpoint. */
  readonly dokuPublicKey?: DokuPublicKey | readonly DokuPublicKey[];
  /** When DOKU's calls to us carry other credentials than our calls to DOKU. */
  readonly inbound?: { readonly clientId?: string; readonly secretKey?: string };
  /**
   * DOKU Wallet: decrypts the authCode of an account inquiry, for `customer: { accountId }`. 16, 24 or 32 bytes;
   * another key than `secretKey`.
   */
  readonly authCodeSecretKey?: string;
}

/** How DOKU is called. */
export interface DokuHttpOptions {
  /**
   * Deadline of one call in milliseconds, everything included: connecting, repeats, reading the answer.
   * @defaultValue `30_000`
   */
  readonly timeoutMs?: number;
  /**
   * What is asked of the signature of DOKU's answers. A signature that is there must hold unless `'off'`.
   * `'strict'` also refuses an unsigned 2xx; DOKU documents signed answers, but not for errors or GET.
   * @defaultValue `'when-present'`
   */
  readonly verifyResponses?: 'strict' | 'when-present' | 'off';
  /**
   * How SNAP calls write a customer's token into `Authorization-Customer`: as `Bearer <token>`, or the token
   * alone, which some of DOKU's libraries send (reference snap C8).
   * @defaultValue `'bearer'`
   */
  readonly customerAuthorization?: 'bearer' | 'bare';
}

/** Where access tokens are kept. */
export interface DokuTokenOptions {
  /**
   * Shares tokens between processes; needed as soon as several use the same client id, since DOKU takes only
   * the newest token. `redisTokenStore` of `nestjs-doku/redis`, or anything of Keyv's shape with a `lock`.
   * @defaultValue the memory of this process
   */
  readonly store?: DokuTokenStore;
}

/** How DOKU's notifications are taken in. */
export interface DokuNotificationOptions {
  /**
   * Whether the module serves the routes that DOKU calls.
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /**
   * Prefix of the routes, below the app's global prefix and independent of its versioning.
   * @defaultValue `'doku'`
   */
  readonly path?: string;
  /** Sets a route on its own, below the app's global prefix; the prefix `path` does not apply to it. */
  readonly paths?: {
    /** @defaultValue `'<path>/notifications'` */
    readonly nonSnap?: string;
    /**
     * Where DOKU gets the token that it shows with a SNAP notification: its "Token URL".
     * @defaultValue `'<path>/authorization/v1/access-token/b2b'`
     */
    readonly token?: string;
    /**
     * SNAP notifications: of payments and of bindings.
     * @defaultValue `'<path>/v1.0/debit/notify'`
     */
    readonly snap?: string;
  };
  /** What a proxy strips from the URL before the app sees it; the signature covers the URL as DOKU calls it. */
  readonly publicBasePath?: string;
  /**
   * How events reach the listeners: while DOKU waits for the answer, or durably, by `bullMqDelivery` of
   * `nestjs-doku/bullmq`.
   * @defaultValue `'inline'`
   */
  readonly delivery?: 'inline' | DokuDurableDelivery;
  /**
   * With `'inline'`: how long the listeners of one notification may take, in milliseconds. After it DOKU is
   * answered 500, and sends again.
   * @defaultValue `8_000`
   */
  readonly listenerDeadlineMs?: number;
  /**
   * What happens to an event that no `@OnDokuEvent` listens to: answered 200 with a warning in the log,
   * or 500, so that DOKU sends it again.
   * @defaultValue `'accept'`
   */
  readonly unhandled?: 'accept' | 'refuse';
  /**
   * What happens to a genuine notification of either scheme whose timestamp is more than 10 minutes off,
   * before or after: taken in with a warning in the log, or answered 400.
   *
   * To enforce it can cost a payment. DOKU documents no window, and nobody knows whether its retries, up to
   * 12 hours later, are stamped anew; a clock of ours that runs wrong would refuse everything. What it would
   * gain is little: a replayed notification is a duplicate and runs nothing while its event is remembered.
   * The token endpoint always enforces the window.
   * @defaultValue `'observe'`
   */
  readonly timestampWindow?: 'observe' | 'enforce';
  /**
   * Whether a SNAP notification must also show a token that was issued here. Its signature proves origin and
   * integrity without; and DOKU's documents contradict each other on whether it fetches tokens for direct
   * debit at all (reference snap C31). Switch it on once the sandbox shows that it does; needs `dokuPublicKey`.
   * @defaultValue `false`
   */
  readonly requireIssuedToken?: boolean;
  /**
   * With `requireIssuedToken`: whether a token that was issued here still passes for 13 hours past its expiry
   * when the symmetric signature over it holds. DOKU's last retry comes 12 hours after the first attempt, and
   * nobody documents whether it is signed anew.
   * @defaultValue `'accept'`
   */
  readonly lateTokens?: 'accept' | 'refuse';
  /**
   * Whether a SNAP notification may also be signed with DOKU's private key, over method, path, body and
   * timestamp but no token (reference snap 3.3: documented, not recommended). Needs `dokuPublicKey`.
   * @defaultValue `'refuse'`
   */
  readonly asymmetricSignatures?: 'accept' | 'refuse';
}

/**
 * How payments without a final event are asked for. Every call that moves money is recorded before it is sent, in
 * the engine of the durable delivery.
 */
export interface DokuReconciliationOptions {
  /**
   * Whether calls are recorded and asked for. Needs a durable delivery.
   * @defaultValue `true` with a durable delivery, else `false`
   */
  readonly enabled?: boolean;
  /**
   * What happens to a call that cannot be recorded, since the engine is not reachable: with `true` it is sent all
   * the same, with a warning in the log, and nobody asks for it; else it is refused before it is sent, with a
   * `DokuUnavailableError`.
   * @defaultValue `false`
   */
  readonly bestEffort?: boolean;
  /**
   * Finds the customer of an intent, by its reference, for queries that need one (those of the wallet), such as
   * `{ accountId }`. Without one the intent stays open. Called in processes that run workers.
   */
  readonly customer?: (
    intent: DokuPaymentIntent,
  ) => DokuCustomer | undefined | Promise<DokuCustomer | undefined>;
  /**
   * How many questions are put to DOKU in a second, by all processes together.
   * @defaultValue `5`
   */
  readonly maxQueriesPerSecond?: number;
  /**
   * How long to wait before each question, in milliseconds; the last delay repeats. None below 60 seconds, since
   * DOKU asks for that, unless `baseUrl` is on a loopback address (the simulator).
   * @defaultValue 1 min, 2 min, 5 min, 15 min, 30 min, 1 h, 2 h, 4 h
   */
  readonly queryDelaysMs?: readonly number[];
  /**
   * After how long an intent without a final answer is given up, with the event `payment.unresolved`, in
   * milliseconds; at least an hour.
   * @defaultValue 48 hours
   */
  readonly giveUpAfterMs?: number;
}

/** What the library needs to know. The credentials here are those of the merchant named `default`. */
export interface DokuModuleOptions extends DokuMerchantOptions {
  /**
   * Decides the host: `api-sandbox.doku.com` or `api.doku.com`.
   * @defaultValue `'sandbox'`
   */
  readonly environment?: DokuEnvironment;
  /** Replaces the environment's host: an origin such as `http://127.0.0.1:4010` for the simulator. */
  readonly baseUrl?: string;
  /** Further merchants by name; a call picks one with its option `merchant`. */
  readonly merchants?: Readonly<Record<string, DokuMerchantOptions>>;
  readonly http?: DokuHttpOptions;
  readonly tokens?: DokuTokenOptions;
  readonly channels?: DokuChannelOptions;
  readonly notifications?: DokuNotificationOptions;
  readonly reconciliation?: DokuReconciliationOptions;
}

/** What shapes the module itself, and therefore cannot come late from a factory. */
export interface DokuModuleExtras {
  /**
   * Whether other modules may inject the services without importing `DokuModule`.
   * @defaultValue `false`
   */
  readonly isGlobal?: boolean;
}

/** Implemented by classes given to `useClass` or `useExisting`. */
export interface DokuOptionsFactory {
  createDokuOptions(): DokuModuleOptions | Promise<DokuModuleOptions>;
}

/** Options of `DokuModule.forRootAsync()`. */
export interface DokuModuleAsyncOptions
  extends
    ConfigurableModuleAsyncOptions<DokuModuleOptions, 'createDokuOptions'>,
    DokuModuleExtras {}
