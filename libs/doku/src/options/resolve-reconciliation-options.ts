import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuReconciliationOptions } from './doku-module-options.js';
import type { ResolvedDokuOptions } from './resolved-doku-options.js';
import { checkDuration, checkSwitch, isDuration } from './setting.js';

type ResolvedReconciliationOptions = ResolvedDokuOptions['reconciliation'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** DOKU asks to wait so long before the first question (reference non-snap 3.17, snap 9.7). */
const SHORTEST_DELAY_MS = MINUTE;
const QUERY_DELAYS_MS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
];
const GIVE_UP_AFTER_MS = 48 * HOUR;
/** Customers are given so long to pay on a page. */
const SHORTEST_GIVE_UP_MS = HOUR;

/** What decides about them elsewhere in the options. */
interface Circumstances {
  /** Whether `notifications.delivery` keeps events outside the process. */
  readonly isDurable: boolean;
  /** Whether `baseUrl` is on this machine, as the simulator's is: then time may be scaled down. */
  readonly isSimulated: boolean;
}

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveReconciliationOptions(
  given: DokuReconciliationOptions,
  { isDurable, isSimulated }: Circumstances,
): ResolvedReconciliationOptions {
  if (typeof given !== 'object' || (given as unknown) === null) {
    throw new DokuConfigurationError(
      'must be an object',
      'reconciliation',
      'Leave it out for the defaults.',
    );
  }
  return {
    enabled: checkEnabled(given.enabled ?? isDurable, isDurable),
    bestEffort: checkSwitch(given.bestEffort ?? false, 'reconciliation.bestEffort'),
    ...(given.customer === undefined ? {} : { customer: checkCustomer(given.customer) }),
    maxQueriesPerSecond: checkRate(given.maxQueriesPerSecond ?? 5),
    queryDelaysMs: checkDelays(given.queryDelaysMs ?? QUERY_DELAYS_MS, isSimulated),
    giveUpAfterMs: checkGiveUp(given.giveUpAfterMs ?? GIVE_UP_AFTER_MS, isSimulated),
  };
}

function checkEnabled(given: boolean, isDurable: boolean): boolean {
  if (!checkSwitch(given, 'reconciliation.enabled') || isDurable) return given;
  throw new DokuConfigurationError(
    'needs a durable delivery, which keeps what has to be asked for',
    'reconciliation.enabled',
    "Set notifications.delivery to bullMqDelivery({ connection }) of 'nestjs-doku/bullmq', or leave this option out.",
  );
}

function checkCustomer(
  given: NonNullable<DokuReconciliationOptions['customer']>,
): NonNullable<DokuReconciliationOptions['customer']> {
  if (typeof given === 'function') return given;
  throw new DokuConfigurationError(
    'must be a function',
    'reconciliation.customer',
    'Give one that finds the customer of an intent by its reference: async ({ reference }) => ({ accountId }).',
  );
}

function checkRate(given: number): number {
  if (Number.isSafeInteger(given) && given > 0) return given;
  throw new DokuConfigurationError(
    `must be a whole number above 0, given ${String(given)}`,
    'reconciliation.maxQueriesPerSecond',
    'It limits all processes together: leave it out for 5.',
  );
}

function checkDelays(given: readonly number[], isSimulated: boolean): readonly number[] {
  const option = 'reconciliation.queryDelaysMs';
  if (!Array.isArray(given) || given.length === 0 || !given.every(isDuration)) {
    throw new DokuConfigurationError(
      'must be a list of whole numbers of milliseconds above 0',
      option,
      'For a question after 1, then 5, then every 30 minutes write [60_000, 300_000, 1_800_000].',
    );
  }
  if (!isSimulated && given.some((delay) => delay < SHORTEST_DELAY_MS)) {
    throw new DokuConfigurationError(
      'has a delay below 60 seconds, and DOKU asks to wait so long',
      option,
      'Give 60_000 or more; less is for the simulator only, with baseUrl on a loopback address.',
    );
  }
  return [...given];
}

function checkGiveUp(given: number, isSimulated: boolean): number {
  const option = 'reconciliation.giveUpAfterMs';
  if (isSimulated || (isDuration(given) && given >= SHORTEST_GIVE_UP_MS)) {
    return checkDuration(given, option);
  }
  throw new DokuConfigurationError(
    `must be at least an hour in milliseconds, given ${String(given)}`,
    option,
    'A payment that has just been made may not be known yet: leave it out for 48 hours.',
  );
}
