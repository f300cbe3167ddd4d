import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';

import { registerAs } from '@nestjs/config';

import { type EventStore, readEventStore } from './event-store.js';

/** What the shop is told by its environment. */
export interface ShopSettings {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Where browsers reach the shop; the bank sends them back there. */
  readonly shopUrl: string;
  readonly dokuBaseUrl: string;
  readonly dokuClientId: string;
  readonly dokuSecretKey: string;
  /** The merchant's half of the key pair whose public half DOKU knows; signs requests for SNAP tokens. */
  readonly merchantPrivateKey: KeyObject;
  /** Checks DOKU's requests for the shop's token, ahead of SNAP notifications. */
  readonly dokuPublicKey: KeyObject;
  /** Decrypts what an account inquiry of the wallet tells: 16, 24 or 32 bytes of text. */
  readonly authCodeSecretKey: string;
  /** Deadline of one call to DOKU, in milliseconds. */
  readonly dokuTimeoutMs: number;
  /** How long "not found" may only mean "not found yet", in milliseconds: DOKU advises a minute. */
  readonly statusAfterMs: number;
  /** Sent to DOKU for customers whose own address it does not take. */
  readonly ipAddress: string;
  readonly eventStore: EventStore;
  /** How long to wait before each question about an open payment; `undefined`: as long as DOKU asks for. */
  readonly queryDelaysMs: readonly number[] | undefined;
}

/** The simulator's development pair; it opens nothing else. */
const DEVELOPMENT_CLIENT_ID = 'MCH-0001-10791114622547';
const DEVELOPMENT_SECRET_KEY = 'SK-simulator-0123456789abcdef';
const DEVELOPMENT_AUTH_CODE_SECRET_KEY = 'simulator-auth-code-key-32-chars';
/** An address from the range for documentation: the shop's own would be `127.0.0.1`, which is too short. */
const DEVELOPMENT_ADDRESS = '192.0.2.10';

/** Settings under their namespace: inject `shopSettings.KEY`, or ask `ConfigService` for `shop`. */
export const shopSettings = registerAs('shop', () => readShopSettings(process.env));

/** @throws `Error` that names the variable to change */
export function readShopSettings(env: NodeJS.ProcessEnv): ShopSettings {
  const port = wholeNumber('PORT', env.PORT, 3000, 65_535);
  return {
    port,
    host: given(env.HOST) ?? '127.0.0.1',
    shopUrl: origin('SHOP_URL', given(env.SHOP_URL) ?? `http://127.0.0.1:${port}`),
    dokuBaseUrl: given(env.DOKU_BASE_URL) ?? 'http://127.0.0.1:4010',
    dokuClientId: given(env.DOKU_CLIENT_ID) ?? DEVELOPMENT_CLIENT_ID,
    dokuSecretKey: given(env.DOKU_SECRET_KEY) ?? DEVELOPMENT_SECRET_KEY,
    merchantPrivateKey: rsaKey('MERCHANT_PRIVATE_KEY_FILE', env, 'private', createPrivateKey),
    dokuPublicKey: rsaKey('DOKU_PUBLIC_KEY_FILE', env, 'public', createPublicKey),
    authCodeSecretKey: given(env.DOKU_AUTH_CODE_SECRET_KEY) ?? DEVELOPMENT_AUTH_CODE_SECRET_KEY,
    // A person waits in front of the page, so give up earlier than the library would.
    dokuTimeoutMs: wholeNumber('DOKU_TIMEOUT_MS', env.DOKU_TIMEOUT_MS, 10_000, 120_000),
    statusAfterMs: wholeNumber('DOKU_STATUS_AFTER_MS', env.DOKU_STATUS_AFTER_MS, 60_000, 600_000),
    ipAddress: dokuAddress('SHOP_IP_ADDRESS', given(env.SHOP_IP_ADDRESS) ?? DEVELOPMENT_ADDRESS),
    eventStore: readEventStore({
      redisUrl: given(env.REDIS_URL),
      databaseUrl: given(env.DATABASE_URL),
      namespace: given(env.EVENTS_NAMESPACE) ?? 'doku_demo',
    }),
    queryDelaysMs: wholeNumbers('DOKU_QUERY_DELAYS_MS', given(env.DOKU_QUERY_DELAYS_MS)),
  };
}

/** Whether DOKU takes an address: IPv4 of 10 to 15 characters, so neither `1.1.1.1` nor IPv6. */
export function isDokuAddress(address: string): boolean {
  return isIPv4(address) && address.length >= 10;
}

function dokuAddress(name: string, text: string): string {
  if (isDokuAddress(text)) return text;
  throw new Error(`${name} must be an IPv4 address of 10 to 15 characters, not "${text}"`);
}

/** Reads a key from the file that a variable names. No message ever holds anything of the file's content. */
function rsaKey(
  name: string,
  env: NodeJS.ProcessEnv,
  half: 'private' | 'public',
  parse: (pem: Buffer) => KeyObject,
): KeyObject {
  const wanted = `a file with an RSA ${half} key as PEM ("npm run demo" makes one)`;
  const file = given(env[name]);
  if (file === undefined) throw new Error(`${name} is not set; it must name ${wanted}`);
  const pem = readKeyFile(name, file, wanted);
  // A private key can be read as a public one too; it does not belong there.
  const isPrivate = pem.includes('PRIVATE KEY-----');
  if (isPrivate !== (half === 'private')) {
    throw new Error(`${name} must name ${wanted}; "${file}" is not one`);
  }
  const key = parsed(name, file, wanted, () => parse(pem));
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < 2048) {
    throw new Error(`${name} must name an RSA key of at least 2048 bits; that in "${file}" is not`);
  }
  return key;
}

function readKeyFile(name: string, file: string, wanted: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`${name} must name ${wanted}; "${file}" cannot be read`, { cause });
  }
}

function parsed(name: string, file: string, wanted: string, parse: () => KeyObject): KeyObject {
  try {
    return parse();
  } catch {
    // Without a cause: what the parser says could quote the key.
    throw new Error(`${name} must name ${wanted}; "${file}" cannot be parsed`);
  }
}

/** An empty variable counts as not set: that is how compose files leave one out. */
function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function wholeNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  most: number,
): number {
  const value = given(text) ?? String(fallback);
  if (!/^\d{1,9}$/.test(value) || Number(value) > most) {
    throw new Error(`${name} must be a whole number of at most ${most}, not "${value}"`);
  }
  return Number(value);
}

function wholeNumbers(name: string, text: string | undefined): readonly number[] | undefined {
  return text?.split(',').map((part) => wholeNumber(name, part.trim(), 0, 86_400_000));
}

function origin(name: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`${name} must be an absolute http or https URL, not "${text}"`);
  }
  return new URL(text).origin;
}
