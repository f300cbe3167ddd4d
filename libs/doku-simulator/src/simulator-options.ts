import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { LoggerService, LogLevel } from '@nestjs/common';
import { isWebAddress } from './engine/web-address.js';
import type { Merchant } from './engine/merchants.js';

/** Credentials for development; they open nothing but this simulator. */
export const DEFAULT_CLIENT_ID = 'MCH-0001-10791114622547';
export const DEFAULT_SECRET_KEY = 'SK-simulator-0123456789abcdef';
export const DEFAULT_AUTH_CODE_SECRET_KEY = 'simulator-auth-code-key-32-chars';

/** What can be told to the simulator when it starts. */
export interface DokuSimulatorOptions {
  /** @defaultValue `0`: any free port */
  readonly port?: number;
  /** @defaultValue `'127.0.0.1'` */
  readonly host?: string;
  /**
   * Where browsers reach the simulator, if not where it listens: behind a proxy or in a container.
   * The pages for customers are linked with it.
   */
  readonly publicUrl?: string;
  /** @defaultValue `'MCH-0001-10791114622547'` */
  readonly clientId?: string;
  /** @defaultValue `'SK-simulator-0123456789abcdef'` */
  readonly secretKey?: string;
  /** Where the notifications of `clientId` go. Without one they are recorded, but not sent. */
  readonly notificationUrl?: string;
  /** Further merchants beside `clientId`. */
  readonly merchants?: readonly Merchant[];
  /** PEM; checks the requests of `clientId` for SNAP tokens, which are refused without one. */
  readonly merchantPublicKey?: string;
  /** PEM of the RSA key that signs as DOKU. @defaultValue a pair of 2048 bits, new in each process */
  readonly dokuPrivateKey?: string;
  /**
   * Encrypts the authCode of wallet account inquiries of `clientId`: 16, 24 or 32 bytes of text.
   * @defaultValue `'simulator-auth-code-key-32-chars'`
   */
  readonly authCodeSecretKey?: string;
  /** Where the SNAP notifications of `clientId` go. Without one they are recorded, but not sent. */
  readonly snapNotificationUrl?: string;
  /** The token endpoint of `clientId`, called before each SNAP notification. */
  readonly tokenUrl?: string;
  /**
   * Nest's logger. Nest keeps one for the whole process, so setting it here sets it for every Nest
   * app beside the simulator; left out, nothing is changed.
   */
  readonly logger?: LoggerService | LogLevel[] | false;
}

/** Options that are complete and checked. */
export interface ResolvedOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly merchants: readonly Merchant[];
  readonly dokuPrivateKey: KeyObject;
  /** PEM (SPKI). */
  readonly dokuPublicKey: string;
}

/** An option that cannot be used; the message names it and what to change. */
export class SimulatorOptionsError extends Error {
  override readonly name = 'SimulatorOptionsError';

  constructor(
    /** The option at fault. */
    readonly option: keyof DokuSimulatorOptions,
    /** What it has to be, in words that follow its name. */
    readonly demand: string,
    { subject = option, cause }: { readonly subject?: string; readonly cause?: unknown } = {},
  ) {
    super(`${subject} ${demand}`, { cause });
  }
}

const SMALLEST_RSA_BITS = 2_048;

/** Of all simulators of this process: finding primes takes a tenth of a second and more. */
let ownKey: Promise<KeyObject> | undefined;

/** @throws {@link SimulatorOptionsError} whose message names the option and what to change */
export async function resolveOptions(options: DokuSimulatorOptions): Promise<ResolvedOptions> {
  checkOptions(options);
  const { port = 0, host = '127.0.0.1', publicUrl } = options;
  const dokuPrivateKey = await readDokuKey(options.dokuPrivateKey);
  const dokuPublicKey = createPublicKey(dokuPrivateKey).export({ type: 'spki', format: 'pem' });
  return {
    port,
    host,
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, '') }),
    merchants: readMerchants(options),
    dokuPrivateKey,
    dokuPublicKey: dokuPublicKey.toString(),
  };
}

/**
 * Checks without making anything, so that a caller can do so before it leaves traces.
 * @throws {@link SimulatorOptionsError} whose message names the option and what to change
 */
export function checkOptions(options: DokuSimulatorOptions): void {
  const { port = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SimulatorOptionsError('port', `must be a whole number from 0 to 65535, not ${port}`);
  }
  checkUrl('publicUrl', options.publicUrl);
  readMerchants(options);
  const { dokuPrivateKey } = options;
  if (dokuPrivateKey !== undefined) {
    demandRsa('dokuPrivateKey', () => createPrivateKey(dokuPrivateKey));
  }
}

function readMerchants(options: DokuSimulatorOptions): Merchant[] {
  const { clientId = DEFAULT_CLIENT_ID, secretKey = DEFAULT_SECRET_KEY } = options;
  const { notificationUrl, merchantPublicKey, snapNotificationUrl, tokenUrl } = options;
  const { authCodeSecretKey } = options;
  const first: Merchant = {
    clientId,
    secretKey,
    ...(notificationUrl !== undefined && { notificationUrl }),
    ...(merchantPublicKey !== undefined && { merchantPublicKey }),
    ...(snapNotificationUrl !== undefined && { snapNotificationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(authCodeSecretKey !== undefined && { authCodeSecretKey }),
  };
  const merchants = [first, ...(options.merchants ?? [])];
  const seen = new Set<string>();
  for (const merchant of merchants) {
    if (merchant.clientId === '') {
      throw new SimulatorOptionsError('clientId', 'must not be empty');
    }
    if (merchant.secretKey === '') {
      throw new SimulatorOptionsError('secretKey', 'must not be empty', {
        subject: `secretKey of "${merchant.clientId}"`,
      });
    }
    if (seen.has(merchant.clientId)) {
      throw new SimulatorOptionsError(
        'clientId',
        `"${merchant.clientId}" is given twice; each merchant has its own`,
      );
    }
    seen.add(merchant.clientId);
    for (const option of ['notificationUrl', 'snapNotificationUrl', 'tokenUrl'] as const) {
      checkUrl(option, merchant[option], `${option} of "${merchant.clientId}"`);
    }
    checkAuthCodeKey(merchant);
    const key = 'merchantPublicKey';
    checkMerchantKey(merchant, merchant === first ? key : `${key} of "${merchant.clientId}"`);
  }
  return merchants;
}

function checkAuthCodeKey({ clientId, authCodeSecretKey }: Merchant): void {
  if (authCodeSecretKey === undefined) return;
  const length = Buffer.byteLength(authCodeSecretKey);
  if ([16, 24, 32].includes(length)) return;
  throw new SimulatorOptionsError(
    'authCodeSecretKey',
    `must be a text of 16, 24 or 32 bytes, not of ${length}`,
    { subject: `authCodeSecretKey of "${clientId}"` },
  );
}

function checkMerchantKey({ merchantPublicKey }: Merchant, subject: string): void {
  if (merchantPublicKey === undefined) return;
  demandRsa('merchantPublicKey', () => createPublicKey(merchantPublicKey), subject);
}

function checkUrl(
  option: keyof DokuSimulatorOptions,
  url: string | undefined,
  subject: string = option,
): void {
  if (url === undefined || isWebAddress(url)) return;
  throw new SimulatorOptionsError(option, `must be an absolute http or https URL, not "${url}"`, {
    subject,
  });
}

async function readDokuKey(pem: string | undefined): Promise<KeyObject> {
  if (pem !== undefined) return demandRsa('dokuPrivateKey', () => createPrivateKey(pem));
  return (ownKey ??= generateOwnKey());
}

async function generateOwnKey(): Promise<KeyObject> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: SMALLEST_RSA_BITS });
  return pair.privateKey;
}

function demandRsa(
  option: keyof DokuSimulatorOptions,
  read: () => KeyObject,
  subject: string = option,
): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new SimulatorOptionsError(
      option,
      'must be an RSA key as PEM text, beginning with "-----BEGIN"',
      { subject, cause },
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < SMALLEST_RSA_BITS) {
    throw new SimulatorOptionsError(
      option,
      `must be an RSA key of at least ${SMALLEST_RSA_BITS} bits`,
      { subject },
    );
  }
  return key;
}
