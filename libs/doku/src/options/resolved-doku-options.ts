import type { KeyObject } from 'node:crypto';

import type { DokuChannelOptions } from '../channels/channels.js';
import type { DokuDurableDelivery } from '../notifications/durable-delivery.js';
import type { DokuTokenStore } from '../tokens/token-store.js';
import type { DokuEnvironment, DokuReconciliationOptions } from './doku-module-options.js';

/** One merchant, its secrets parsed once. */
export interface ResolvedMerchant {
  readonly name: string;
  readonly clientId: string;
  readonly secretKey: KeyObject;
  /** What an answer of DOKU may be signed with: the current secret, then the previous ones. */
  readonly acceptedSecretKeys: readonly KeyObject[];
  readonly privateKey?: KeyObject;
  readonly dokuPublicKeys: readonly KeyObject[];
  readonly inbound: {
    readonly clientId: string;
    /** What a notification may be signed with. */
    readonly acceptedSecretKeys: readonly KeyObject[];
  };
  readonly authCodeSecretKey?: KeyObject;
}

/** `DokuModuleOptions` after validation, complete; what the library's providers inject. */
export interface ResolvedDokuOptions {
  readonly environment: DokuEnvironment;
  /** Origin without a trailing slash. */
  readonly baseUrl: string;
  readonly merchants: ReadonlyMap<string, ResolvedMerchant>;
  readonly http: {
    readonly timeoutMs: number;
    readonly verifyResponses: 'strict' | 'when-present' | 'off';
    readonly customerAuthorization: 'bearer' | 'bare';
  };
  readonly tokens: { readonly store?: DokuTokenStore };
  readonly channels: DokuChannelOptions;
  readonly notifications: {
    readonly enabled: boolean;
    /** Below the app's global prefix, with a leading slash. */
    readonly paths: { readonly nonSnap: string; readonly token: string; readonly snap: string };
    /** Empty, or with a leading and without a trailing slash. */
    readonly publicBasePath: string;
    readonly delivery: 'inline' | DokuDurableDelivery;
    readonly listenerDeadlineMs: number;
    readonly unhandled: 'accept' | 'refuse';
    readonly timestampWindow: 'observe' | 'enforce';
    readonly requireIssuedToken: boolean;
    readonly lateTokens: 'accept' | 'refuse';
    readonly asymmetricSignatures: 'accept' | 'refuse';
  };
  readonly reconciliation: {
    /** Only with a durable delivery. */
    readonly enabled: boolean;
    readonly bestEffort: boolean;
    readonly customer?: NonNullable<DokuReconciliationOptions['customer']>;
    readonly maxQueriesPerSecond: number;
    /** At least one; the last repeats. */
    readonly queryDelaysMs: readonly number[];
    readonly giveUpAfterMs: number;
  };
}
