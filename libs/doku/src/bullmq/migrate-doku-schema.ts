import { runMigrations } from 'bullmq';

import { type BullMqConnection, resolveBullMqOptions } from './bullmq-options.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';

/** Options of `migrateDokuSchema`. */
export interface MigrateOptions {
  /** A PostgreSQL URL, or options of a `pg` client under `postgres`; of a role that may create a schema. */
  readonly connection: BullMqConnection;
  /**
   * The schema, as `bullMqDelivery` has it.
   * @defaultValue `'doku'`
   */
  readonly namespace?: string;
}

/**
 * Creates the tables of durable delivery on PostgreSQL, or brings them up to date, so that the app's own role needs
 * no right to do so. Does nothing where they are as they should be.
 *
 * @returns the version of the schema
 * @throws DokuConfigurationError for a connection that is not to PostgreSQL
 */
export async function migrateDokuSchema(given: MigrateOptions): Promise<number> {
  const { connection, namespace } = resolveBullMqOptions(given);
  if (connection.engine !== 'postgresql') {
    throw new DokuConfigurationError(
      'is a connection to Redis, which has no tables',
      'migrateDokuSchema.connection',
      'Give that of PostgreSQL.',
    );
  }
  const { Client } = await import('pg');
  const client = new Client(connection.options);
  await client.connect();
  try {
    return await runMigrations(client, namespace);
  } finally {
    await client.end();
  }
}
