import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { checkDuration, checkSwitch, isDuration } from '../options/setting.js';

/**
 * Where the events are kept: a URL (`redis:`, `rediss:`, `postgres:`, `postgresql:`), options of an ioredis client
 * under `redis`, or of a `pg` pool under `postgres`.
 */
export type BullMqConnection =
  | string
  | { readonly redis: Readonly<Record<string, unknown>> }
  | { readonly postgres: Readonly<Record<string, unknown>> };

/** Options of `bullMqDelivery`. */
export interface BullMqDeliveryOptions {
  readonly connection: BullMqConnection;
  /**
   * Keeps what is ours apart: prefix of the Redis keys, or the PostgreSQL schema. Letters, digits and `_`.
   * @defaultValue `'doku'`
   */
  readonly namespace?: string;
  /**
   * Whether this process also brings events to the listeners. `false` for a process that only takes in, beside a
   * worker app (`DokuNotificationWorkerModule`).
   * @defaultValue `true`
   */
  readonly worker?: boolean;
  /**
   * How many listeners this process runs at the same time.
   * @defaultValue `10`
   */
  readonly concurrency?: number;
  /**
   * How long a listener may take, in milliseconds, before its attempt counts as failed. It is not interrupted.
   * @defaultValue `60_000`
   */
  readonly listenerTimeoutMs?: number;
  /**
   * How long to wait before each attempt of a listener, in milliseconds; all but the first are varied by up to a
   * tenth. As many entries as attempts; after the last one the event is a dead letter for that listener.
   * @defaultValue 0, 2 s, 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h, 24 h
   */
  readonly retryDelaysMs?: readonly number[];
  /**
   * How long an event is recognised when it comes again, in milliseconds; at least 48 hours, since DOKU's last
   * retry comes up to 17.5 hours after the first attempt.
   * @defaultValue 90 days
   */
  readonly deduplicateForMs?: number;
  /**
   * PostgreSQL: whether the tables are created, or brought up to date, at start. Without it run
   * `npx nestjs-doku-migrate` first, with a role that may create them.
   * @defaultValue `true`, in `environment: 'production'` `false`
   */
  readonly migrate?: boolean;
  /**
   * Redis 7.2 and newer: whether DOKU is answered only once Redis has written the event to its disk (`WAITAOF`).
   * With `appendfsync everysec` that takes up to 1.25 seconds.
   * @defaultValue `false`
   */
  readonly waitForFsync?: boolean;
}

/** The same, checked and complete. */
export interface BullMqSettings {
  readonly connection:
    | { readonly engine: 'redis'; readonly options: Readonly<Record<string, unknown>> }
    | { readonly engine: 'postgresql'; readonly options: Readonly<Record<string, unknown>> };
  readonly namespace: string;
  readonly worker: boolean;
  readonly concurrency: number;
  readonly listenerTimeoutMs: number;
  readonly retryDelaysMs: readonly number[];
  readonly deduplicateForMs: number;
  readonly migrate: boolean | undefined;
  readonly waitForFsync: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const RETRY_DELAYS_MS = [
  0,
  2 * SECOND,
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
];
const DEDUPLICATE_FOR_MS = 90 * 24 * HOUR;
const SHORTEST_DEDUPLICATION_MS = 48 * HOUR;

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveBullMqOptions(given: BullMqDeliveryOptions): BullMqSettings {
  if (typeof given !== 'object' || (given as unknown) === null) {
    throw new DokuConfigurationError('has no options', OPTION, GIVE_CONNECTION);
  }
  return {
    connection: resolveConnection(given.connection),
    namespace: checkNamespace(given.namespace ?? 'doku'),
    worker: checkSwitch(given.worker ?? true, `${OPTION}.worker`),
    concurrency: checkConcurrency(given.concurrency ?? 10),
    listenerTimeoutMs: checkDuration(
      given.listenerTimeoutMs ?? 60_000,
      `${OPTION}.listenerTimeoutMs`,
    ),
    retryDelaysMs: checkRetryDelays(given.retryDelaysMs ?? RETRY_DELAYS_MS),
    deduplicateForMs: checkDeduplication(given.deduplicateForMs ?? DEDUPLICATE_FOR_MS),
    migrate:
      given.migrate === undefined ? undefined : checkSwitch(given.migrate, `${OPTION}.migrate`),
    waitForFsync: checkSwitch(given.waitForFsync ?? false, `${OPTION}.waitForFsync`),
  };
}

const OPTION = 'bullMqDelivery';
const GIVE_CONNECTION =
  "Give { connection: 'redis://localhost:6379' } or { connection: 'postgres://user@localhost:5432/database' }.";

function resolveConnection(given: BullMqConnection): BullMqSettings['connection'] {
  if (typeof given === 'string') return connectionOfUrl(given);
  if (typeof given === 'object' && (given as unknown) !== null) {
    if ('redis' in given && isOptions(given.redis)) {
      return { engine: 'redis', options: notAClient(given.redis) };
    }
    if ('postgres' in given && isOptions(given.postgres)) {
      return { engine: 'postgresql', options: notAClient(given.postgres) };
    }
  }
  throw new DokuConfigurationError(
    'names neither Redis nor PostgreSQL',
    `${OPTION}.connection`,
    `${GIVE_CONNECTION} Options of a client go under "redis" or "postgres": { connection: { redis: { host, port } } }.`,
  );
}

function connectionOfUrl(given: string): BullMqSettings['connection'] {
  const protocol = URL.canParse(given) ? new URL(given).protocol : '';
  switch (protocol) {
    case 'redis:':
    case 'rediss:':
      return { engine: 'redis', options: { url: given } };
    case 'postgres:':
    case 'postgresql:':
      return { engine: 'postgresql', options: { connectionString: given } };
    default:
      // The URL itself may hold a password, so it is not shown.
      throw new DokuConfigurationError(
        'is no URL of Redis or PostgreSQL',
        `${OPTION}.connection`,
        GIVE_CONNECTION,
      );
  }
}

function isOptions(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null;
}

/** A client read as options names no host: what DOKU tells would go to whatever runs on localhost. */
function notAClient(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof options.on !== 'function') return options;
  throw new DokuConfigurationError(
    'is a client, and must be the options of one',
    `${OPTION}.connection`,
    `${GIVE_CONNECTION} Queues and workers each need connections of their own, so a client cannot be shared.`,
  );
}

function checkNamespace(given: string): string {
  // What is a plain identifier to PostgreSQL is a plain prefix to Redis.
  if (typeof given === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(given)) return given;
  throw new DokuConfigurationError(
    'is no plain name',
    `${OPTION}.namespace`,
    'Give letters, digits and "_", at most 63, not starting with a digit.',
  );
}

function checkConcurrency(given: number): number {
  if (Number.isSafeInteger(given) && given > 0) return given;
  throw new DokuConfigurationError(
    `must be a whole number above 0, given ${String(given)}`,
    `${OPTION}.concurrency`,
    'How many listeners one process runs at the same time: leave it out for 10.',
  );
}

function checkRetryDelays(given: readonly number[]): readonly number[] {
  const isSchedule =
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((delay: unknown) => delay === 0 || isDuration(delay));
  if (isSchedule) return [...given];
  throw new DokuConfigurationError(
    'must be a list of whole numbers of milliseconds, one for each attempt',
    `${OPTION}.retryDelaysMs`,
    'For three attempts write [0, 2_000, 60_000].',
  );
}

function checkDeduplication(given: number): number {
  if (Number.isSafeInteger(given) && given >= SHORTEST_DEDUPLICATION_MS) return given;
  throw new DokuConfigurationError(
    `must be at least 48 hours in milliseconds, given ${String(given)}`,
    `${OPTION}.deduplicateForMs`,
    "DOKU's last retry comes up to 17.5 hours after the first attempt: leave it out for 90 days, or give 172_800_000 or more.",
  );
}
