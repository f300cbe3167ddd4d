import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from '../options/resolved-doku-options.js';
import { TIMESTAMP_WINDOW_MS } from './timestamp-window.js';

/** What DOKU is told, in seconds; every token lives at least so long (reference snap 12.2). */
export const TOKEN_LIFE_S = 900;

const VERSION = 1;
/** Version, expiry in seconds since 1970, client id, MAC. */
const VERSION_BYTES = 1;
const EXPIRY_BYTES = 6;
const MAC_BYTES = 32;
/** DOKU uses one token for 15 minutes, so few are in use at a time. */
const KNOWN_TOKENS = 1_000;

/**
 * The tokens that DOKU gets from us and shows with its SNAP notifications: expiry and client id under a
 * MAC, so any instance can check them and none has to be stored. A token is a pure function of merchant
 * and signed timestamp; who replays DOKU's request gains nothing. It is no JWT, and nothing in it names
 * an algorithm or a key.
 *
 * Issued with the key of the current inbound secret; checked with those of the previous ones too, so that
 * no token dies while a secret rotates: whoever has a secret that is still accepted can sign anyway. A
 * token of a secret that was taken out is refused.
 */
@Injectable()
export class InboundTokens {
  private readonly keys: ReadonlyMap<string, readonly KeyObject[]>;
  private readonly longest: number;
  private readonly known = new Map<string, { readonly merchant: string; expiresAt: number }>();

  constructor(
    @Inject(DOKU_OPTIONS) { merchants }: ResolvedDokuOptions,
    private readonly registry: MerchantRegistry,
  ) {
    const all = [...merchants.values()];
    this.keys = new Map(
      all.map(({ name, inbound }) => [name, inbound.acceptedSecretKeys.map(deriveKey)]),
    );
    this.longest = Math.max(...all.map(({ inbound }) => lengthOf(inbound.clientId)));
  }

  /** The token for a request that DOKU signed at an instant. */
  issue(merchant: ResolvedMerchant, signedAt: Date): string {
    const [key] = this.keysOf(merchant);
    if (!key) throw new TypeError(`merchant "${merchant.name}" is unknown`);
    // Counted from the far end of the window, so that a late request gets a token of full life as well.
    const expiresAt = signedAt.getTime() + TIMESTAMP_WINDOW_MS + TOKEN_LIFE_S * 1000;
    return spell(merchant.inbound.clientId, Math.floor(expiresAt / 1000), key);
  }

  /**
   * When a token of a merchant expires, in milliseconds since 1970; `undefined` when it was not issued
   * here for that merchant. Never throws.
   */
  expiryOf(token: string, merchant: ResolvedMerchant): number | undefined {
    // Only genuine tokens are in there, and nobody gets here who could not sign with the secret.
    const known = this.known.get(token);
    if (known) return known.merchant === merchant.name ? known.expiresAt : undefined;

    const { clientId } = merchant.inbound;
    const bytes = this.decode(token);
    if (bytes?.length !== bytesOf(clientId)) return undefined;
    const expiresAtS = bytes.readUIntBE(VERSION_BYTES, EXPIRY_BYTES);
    // The whole text is compared: another spelling of the same bytes is no token.
    const isOurs = this.keysOf(merchant).some((key) =>
      equals(token, spell(clientId, expiresAtS, key)),
    );
    if (!isOurs) return undefined;
    const expiresAt = expiresAtS * 1000;
    this.remember(token, { merchant: merchant.name, expiresAt });
    return expiresAt;
  }

  /** The merchant that a token was issued for here, expired or not. */
  merchantOf(token: string): ResolvedMerchant | undefined {
    const clientId = this.decode(token)?.subarray(VERSION_BYTES + EXPIRY_BYTES, -MAC_BYTES);
    const merchant = this.registry.ofInboundClientId(clientId?.toString() ?? '');
    return merchant && this.expiryOf(token, merchant) !== undefined ? merchant : undefined;
  }

  private keysOf(merchant: ResolvedMerchant): readonly KeyObject[] {
    return this.keys.get(merchant.name) ?? [];
  }

  private decode(token: string): Buffer | undefined {
    return token.length <= this.longest ? Buffer.from(token, 'base64url') : undefined;
  }

  private remember(token: string, facts: { merchant: string; expiresAt: number }): void {
    this.known.set(token, facts);
    if (this.known.size <= KNOWN_TOKENS) return;
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      return;
    }
  }
}

/** A key of its own for this purpose: from what it makes, nothing can be learnt about the secret. */
function deriveKey(secretKey: KeyObject): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', secretKey, '', 'nestjs-doku inbound token', MAC_BYTES)),
  );
}

function spell(clientId: string, expiresAtS: number, key: KeyObject): string {
  const token = Buffer.alloc(bytesOf(clientId));
  const payload = token.subarray(0, -MAC_BYTES);
  payload.writeUInt8(VERSION);
  payload.writeUIntBE(expiresAtS, VERSION_BYTES, EXPIRY_BYTES);
  payload.write(clientId, VERSION_BYTES + EXPIRY_BYTES);
  createHmac('sha256', key).update(payload).digest().copy(token, payload.length);
  return token.toString('base64url');
}

function bytesOf(clientId: string): number {
  return VERSION_BYTES + EXPIRY_BYTES + Buffer.byteLength(clientId) + MAC_BYTES;
}

function lengthOf(clientId: string): number {
  return Math.ceil((bytesOf(clientId) * 4) / 3);
}

function equals(received: string, expected: string): boolean {
  const [actual, wanted] = [Buffer.from(received), Buffer.from(expected)];
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}
