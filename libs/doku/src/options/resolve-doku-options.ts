import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type {
  DokuEnvironment,
  DokuMerchantOptions,
  DokuModuleOptions,
  DokuPublicKey,
} from './doku-module-options.js';
import { resolveNotificationOptions } from './resolve-notification-options.js';
import { resolveReconciliationOptions } from './resolve-reconciliation-options.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from './resolved-doku-options.js';
import { parsePrivateKey, parsePublicKey } from './rsa-key.js';
import { checkCredential, parseAuthCodeKey, parseSecret } from './secret.js';
import { resolveTokenOptions } from './resolve-token-options.js';
import { checkChoice, checkDuration } from './setting.js';

const HOSTS: Record<DokuEnvironment, string> = {
  sandbox: 'https://api-sandbox.doku.com',
  production: 'https://api.doku.com',
};

/**
 * Checks everything that was given and applies the defaults. Asks nothing of DOKU.
 *
 * @throws DokuConfigurationError that names the option and what to change
 */
export function resolveDokuOptions(given: DokuModuleOptions): ResolvedDokuOptions {
  if (typeof given !== 'object' || (given as unknown) === null) {
    throw new DokuConfigurationError(
      'no options were given',
      'DokuModule',
      'Return an object with at least clientId and secretKey.',
    );
  }
  const environment = checkChoice(
    given.environment ?? 'sandbox',
    ['sandbox', 'production'],
    'environment',
  );
  const merchants = resolveMerchants(given);
  const baseUrl = resolveBaseUrl(given.baseUrl, environment);
  const notifications = resolveNotificationOptions(given.notifications ?? {}, merchants.values());
  return {
    environment,
    baseUrl,
    merchants,
    http: {
      timeoutMs: checkDuration(given.http?.timeoutMs ?? 30_000, 'http.timeoutMs'),
      verifyResponses: checkChoice(
        given.http?.verifyResponses ?? 'when-present',
        ['strict', 'when-present', 'off'],
        'http.verifyResponses',
      ),
      customerAuthorization: checkChoice(
        given.http?.customerAuthorization ?? 'bearer',
        ['bearer', 'bare'],
        'http.customerAuthorization',
      ),
    },
    tokens: resolveTokenOptions(given.tokens ?? {}),
    channels: given.channels ?? {},
    notifications,
    reconciliation: resolveReconciliationOptions(given.reconciliation ?? {}, {
      isDurable: notifications.delivery !== 'inline',
      isSimulated: isLoopback(new URL(baseUrl).hostname),
    }),
  };
}

function resolveBaseUrl(given: string | undefined, environment: DokuEnvironment): string {
  if (given === undefined) return HOSTS[environment];
  const option = 'baseUrl';
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new DokuConfigurationError(
      'is not a URL',
      option,
      'Give an origin such as "https://api-sandbox.doku.com".',
    );
  }
  if (
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username + url.password !== ''
  ) {
    throw new DokuConfigurationError(
      'must be an origin, without path, query or user name',
      option,
      `Give "${url.protocol}//${url.host}"; DOKU signs paths from the root of the host.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new DokuConfigurationError(
      `sends secrets in the clear to ${url.host}`,
      option,
      'Use https:, or a loopback address such as 127.0.0.1 for the simulator.',
    );
  }
  const other: DokuEnvironment = environment === 'production' ? 'sandbox' : 'production';
  if (environmentOf(url.hostname) === other) {
    throw new DokuConfigurationError(
      `is DOKU's ${other} host although environment is "${environment}"`,
      option,
      `Leave baseUrl out, or set environment to "${other}".`,
    );
  }
  return url.origin;
}

/** Which of DOKU's systems a host belongs to; `undefined` for a proxy, or the simulator. */
function environmentOf(hostname: string): DokuEnvironment | undefined {
  const host = hostname.replace(/\.$/, '');
  if (host === 'api.doku.com') return 'production';
  return host.endsWith('.doku.com') ? 'sandbox' : undefined;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

function resolveMerchants(given: DokuModuleOptions): ReadonlyMap<string, ResolvedMerchant> {
  if (given.merchants?.default !== undefined) {
    throw new DokuConfigurationError(
      'the name "default" belongs to the credentials at the top of the options',
      'merchants.default',
      'Choose another name.',
    );
  }
  const merchants = new Map([['default', resolveMerchant('default', given, '')]]);
  for (const [name, merchant] of Object.entries(given.merchants ?? {})) {
    merchants.set(name, resolveMerchant(name, merchant, `merchants.${name}.`));
  }
  assertClientIdsDiffer([...merchants.values()]);
  return merchants;
}

function resolveMerchant(
  name: string,
  given: DokuMerchantOptions,
  prefix: string,
): ResolvedMerchant {
  if (typeof given !== 'object' || (given as unknown) === null) {
    throw new DokuConfigurationError(
      'is no set of credentials',
      `merchants.${name}`,
      'Give an object with clientId and secretKey, or leave the merchant out.',
    );
  }
  const clientId = checkCredential(given.clientId, `${prefix}clientId`);
  const secretKey = parseSecret(given.secretKey, `${prefix}secretKey`);
  if (!Array.isArray(given.previousSecretKeys ?? [])) {
    throw new DokuConfigurationError(
      'must be a list',
      `${prefix}previousSecretKeys`,
      'Put the secrets in brackets, even a single one.',
    );
  }
  const previous = (given.previousSecretKeys ?? []).map((secret, index) =>
    parseSecret(secret, `${prefix}previousSecretKeys[${index}]`),
  );
  const inboundClientId =
    given.inbound?.clientId === undefined
      ? clientId
      : checkCredential(given.inbound.clientId, `${prefix}inbound.clientId`);
  const inboundSecret =
    given.inbound?.secretKey === undefined
      ? secretKey
      : parseSecret(given.inbound.secretKey, `${prefix}inbound.secretKey`);
  return {
    name,
    clientId,
    secretKey,
    acceptedSecretKeys: [secretKey, ...previous],
    dokuPublicKeys: publicKeys(given).map((key, index) =>
      parsePublicKey(key, `${prefix}dokuPublicKey[${index}]`),
    ),
    inbound: { clientId: inboundClientId, acceptedSecretKeys: [inboundSecret, ...previous] },
    ...(given.privateKey === undefined || (given.privateKey as unknown) === null
      ? {}
      : { privateKey: parsePrivateKey(given.privateKey, `${prefix}privateKey`) }),
    ...(given.authCodeSecretKey === undefined
      ? {}
      : {
          authCodeSecretKey: parseAuthCodeKey(
            given.authCodeSecretKey,
            `${prefix}authCodeSecretKey`,
          ),
        }),
  };
}

function publicKeys({ dokuPublicKey }: DokuMerchantOptions): readonly DokuPublicKey[] {
  if (dokuPublicKey === undefined) return [];
  return isList(dokuPublicKey) ? dokuPublicKey : [dokuPublicKey];
}

function isList(key: DokuPublicKey | readonly DokuPublicKey[]): key is readonly DokuPublicKey[] {
  return Array.isArray(key);
}

/** DOKU's calls name the merchant by Client-Id alone, so one id can only mean one merchant. */
function assertClientIdsDiffer(merchants: readonly ResolvedMerchant[]): void {
  const owners = new Map<string, string>();
  for (const { name, clientId, inbound } of merchants) {
    for (const id of new Set([clientId, inbound.clientId])) {
      const owner = owners.get(id);
      if (owner !== undefined) {
        throw new DokuConfigurationError(
          `uses the same client id as merchant "${owner}" (${id})`,
          `merchants.${name}.clientId`,
          'Give every merchant its own client id, or drop one of the two.',
        );
      }
      owners.set(id, name);
    }
  }
}
