import {
  createPostgresBackend,
  type Job,
  type PostgresConnectionOptions,
  Queue,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
  UnsupportedPostgresVersionError,
  Worker,
} from 'bullmq';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { BullMqSettings } from './bullmq-options.js';
import {
  type Engine,
  type JobProcessor,
  type JobQueue,
  type JobWorker,
  type JobWorkerSettings,
  quiet,
  TAKE_OVER,
} from './engine.js';
import { inspectPostgres } from './postgres-safety.js';
import { INSUFFICIENT_PRIVILEGE, sqlStateOf } from './sql-state.js';

/** Connections of one queue's or worker's pool; each worker has one more, to be told of new jobs. */
const POOL_SIZE = 4;
const TIMEOUTS = {
  /** A server that does not answer is no server. */
  connectionTimeoutMillis: 1_500,
  /** Longer than any statement of BullMQ takes, its migrations included. */
  query_timeout: 10_000,
};

/** Keeps jobs in PostgreSQL, by BullMQ's own backend: given to each queue, so that the host's stay as they are. */
export class PostgresEngine implements Engine {
  readonly name = 'postgresql';
  readonly address: string;

  constructor(
    private readonly options: Readonly<Record<string, unknown>>,
    private readonly settings: Pick<BullMqSettings, 'namespace'>,
    private readonly migrate: boolean,
  ) {
    this.address = addressOf(options);
  }

  createQueue<Data>(name: string): JobQueue<Data> {
    return quiet(new Queue(name, { connection: this.connection() }, createPostgresBackend));
  }

  createWorker<Data>(
    name: string,
    processor: JobProcessor<Data>,
    settings: JobWorkerSettings,
  ): JobWorker<Data> {
    return new Worker(
      name,
      (job: Job<Data, unknown>, token = '') => processor(job, token),
      { connection: this.connection(), autorun: false, ...TAKE_OVER, ...settings },
      createPostgresBackend,
    );
  }

  inspect(): Promise<readonly string[]> {
    return inspectPostgres({ ...TIMEOUTS, ...optionsApart(this.options) }, this.address);
  }

  /** It has answered a commit only once it was as durable as its settings say. */
  confirm(): Promise<void> {
    return Promise.resolve();
  }

  misconfiguration(error: unknown): Error | undefined {
    const refusal = REFUSALS.get(sqlStateOf(error));
    if (refusal !== undefined) {
      return new DokuConfigurationError(
        `${this.address} ${refusal}`,
        'bullMqDelivery.connection',
        `Give a role that may connect, and use the schema "${this.settings.namespace}" (nestjs-doku-migrate --help names the rights).`,
      );
    }
    if (error instanceof SchemaMigrationRequiredError) {
      return new DokuConfigurationError(
        `the schema "${this.settings.namespace}" of ${this.address} has no tables yet`,
        'bullMqDelivery.migrate',
        `Run "npx nestjs-doku-migrate --namespace ${this.settings.namespace}" with DATABASE_URL set to a role that may create them, or set migrate to true.`,
      );
    }
    if (
      error instanceof SchemaVersionMismatchError ||
      error instanceof UnsupportedPostgresVersionError
    ) {
      return new DokuConfigurationError(
        error.message,
        'bullMqDelivery.connection',
        'Use the versions of bullmq and PostgreSQL that fit each other.',
      );
    }
    return undefined;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private connection(): PostgresConnectionOptions {
    return {
      max: POOL_SIZE,
      ...TIMEOUTS,
      ...optionsApart(this.options),
      schema: this.settings.namespace,
      migrate: this.migrate,
    };
  }
}

/** SQLSTATEs that trying again does not help against. */
const REFUSALS: ReadonlyMap<unknown, string> = new Map([
  ['28000', 'refuses the role'],
  ['28P01', 'refuses the password'],
  ['3D000', 'has no such database'],
  [INSUFFICIENT_PRIVILEGE, 'does not give the role the rights that it needs'],
]);

/** `options` of an address outweigh BullMQ's, which name its schema; beside the address BullMQ adds to them. */
function optionsApart(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { connectionString } = given;
  if (typeof connectionString !== 'string' || !URL.canParse(connectionString)) return given;
  const url = new URL(connectionString);
  const options = url.searchParams.get('options');
  if (options === null) return given;
  url.searchParams.delete('options');
  return { ...given, connectionString: url.href, options };
}

function addressOf({ connectionString, host, port, database }: Readonly<Record<string, unknown>>) {
  if (typeof connectionString === 'string' && URL.canParse(connectionString)) {
    const url = new URL(connectionString);
    return `${url.host}${url.pathname}`;
  }
  const text = (value: unknown, fallback: string): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
  return `${text(host, 'localhost')}:${text(port, '5432')}/${text(database, '')}`;
}
