import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuDurableDelivery } from '../notifications/durable-delivery.js';
import type { DokuNotificationOptions } from './doku-module-options.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from './resolved-doku-options.js';
import { checkChoice, checkDuration, checkPath, checkSwitch } from './setting.js';

type ResolvedNotificationOptions = ResolvedDokuOptions['notifications'];

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveNotificationOptions(
  given: DokuNotificationOptions,
  merchants: Iterable<Pick<ResolvedMerchant, 'name' | 'privateKey' | 'dokuPublicKeys'>>,
): ResolvedNotificationOptions {
  const options: ResolvedNotificationOptions = {
    enabled: checkSwitch(given.enabled ?? true, 'notifications.enabled'),
    paths: resolvePaths(given),
    publicBasePath: checkPath(given.publicBasePath ?? '', 'notifications.publicBasePath', true),
    delivery: checkDelivery(given.delivery ?? 'inline'),
    listenerDeadlineMs: checkDuration(
      given.listenerDeadlineMs ?? 8_000,
      'notifications.listenerDeadlineMs',
    ),
    unhandled: checkChoice(
      given.unhandled ?? 'accept',
      ['accept', 'refuse'],
      'notifications.unhandled',
    ),
    timestampWindow: checkChoice(
      given.timestampWindow ?? 'observe',
      ['observe', 'enforce'],
      'notifications.timestampWindow',
    ),
    requireIssuedToken: checkSwitch(
      given.requireIssuedToken ?? false,
      'notifications.requireIssuedToken',
    ),
    lateTokens: checkChoice(
      given.lateTokens ?? 'accept',
      ['accept', 'refuse'],
      'notifications.lateTokens',
    ),
    asymmetricSignatures: checkChoice(
      given.asymmetricSignatures ?? 'refuse',
      ['accept', 'refuse'],
      'notifications.asymmetricSignatures',
    ),
  };
  assertDokuPublicKeys(options, [...merchants]);
  return options;
}

function checkDelivery(given: 'inline' | DokuDurableDelivery): 'inline' | DokuDurableDelivery {
  if (given === 'inline') return given;
  if (
    typeof given === 'object' &&
    typeof (given as Partial<DokuDurableDelivery>).create === 'function'
  )
    return given;
  throw new DokuConfigurationError(
    'is no delivery',
    'notifications.delivery',
    "Leave it out, or give what bullMqDelivery({ connection }) of 'nestjs-doku/bullmq' returns.",
  );
}

const DEFAULT_PATHS = {
  nonSnap: '/notifications',
  token: '/authorization/v1/access-token/b2b',
  snap: '/v1.0/debit/notify',
} as const;

const ROUTES = ['nonSnap', 'token', 'snap'] as const;

function resolvePaths(given: DokuNotificationOptions): ResolvedNotificationOptions['paths'] {
  const prefix = checkPath(given.path ?? 'doku', 'notifications.path', true);
  const pathOf = (route: (typeof ROUTES)[number]): string => {
    const path = given.paths?.[route];
    return path === undefined
      ? prefix + DEFAULT_PATHS[route]
      : checkPath(path, `notifications.paths.${route}`);
  };
  const paths = { nonSnap: pathOf('nonSnap'), token: pathOf('token'), snap: pathOf('snap') };
  for (const route of ROUTES) {
    const other = ROUTES.find((each) => each !== route && paths[each] === paths[route]);
    if (other !== undefined && given.paths?.[route] !== undefined) {
      throw new DokuConfigurationError(
        `is the same path as that of the route "${other}"`,
        `notifications.paths.${route}`,
        'Give every route its own path: what is signed differs from one to the other.',
      );
    }
  }
  return paths;
}

/** Without a public key of DOKU nothing could be verified, and every notification would be refused. */
function assertDokuPublicKeys(
  options: ResolvedNotificationOptions,
  merchants: readonly Pick<ResolvedMerchant, 'name' | 'privateKey' | 'dokuPublicKeys'>[],
): void {
  if (!options.enabled) return;
  const option = options.requireIssuedToken
    ? 'requireIssuedToken'
    : options.asymmetricSignatures === 'accept' && 'asymmetricSignatures';
  if (option === false) return;
  const keyless = merchants.filter(({ dokuPublicKeys }) => dokuPublicKeys.length === 0);
  if (keyless.length === merchants.length) {
    throw new DokuConfigurationError(
      'needs "dokuPublicKey", and no merchant has one',
      `notifications.${option}`,
      "Copy DOKU's public key from its dashboard (Settings, API Keys) to dokuPublicKey, or leave this option out.",
    );
  }
  // Whoever has a key for SNAP calls gets SNAP notifications as well.
  const [snapMerchant] = keyless.filter(({ privateKey }) => privateKey !== undefined);
  if (!snapMerchant) return;
  throw new DokuConfigurationError(
    `is missing, and notifications.${option} needs it for every merchant with a privateKey`,
    snapMerchant.name === 'default'
      ? 'dokuPublicKey'
      : `merchants.${snapMerchant.name}.dokuPublicKey`,
    "Copy DOKU's public key from its dashboard (Settings, API Keys); keys are not taken over from another merchant.",
  );
}
