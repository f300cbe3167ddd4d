import type { Client, ClientConfig } from 'pg';

import { INSUFFICIENT_PRIVILEGE, sqlStateOf } from './sql-state.js';
import { within } from './within.js';

/** A server that has gone does not say goodbye. */
const CLOSE_PATIENCE_MS = 1_000;

/** What each setting, where it is off, means for events. */
const RISKS: Readonly<Record<string, string>> = {
  fsync: 'every event that waits can be lost when the machine of PostgreSQL dies',
  synchronous_commit:
    'the last fraction of a second of accepted events is lost when PostgreSQL crashes',
  autovacuum: "BullMQ's tables keep every row that was ever deleted, and get slower and slower",
};

/**
 * Reads how PostgreSQL keeps what it has committed, for the role that connects.
 *
 * @returns what is at risk, a sentence each
 */
export async function inspectPostgres(
  options: ClientConfig,
  address: string,
): Promise<readonly string[]> {
  const { Client } = await import('pg');
  const client = new Client(options);
  client.on('error', ignore);
  try {
    await client.connect();
    return (await settingsOff(client)).map(
      (name) => `PostgreSQL at ${address} has ${name} off: ${RISKS[name]}`,
    );
  } catch (error) {
    if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    return [
      `PostgreSQL at ${address} does not let its settings be read: make sure that fsync, synchronous_commit and autovacuum are on`,
    ];
  } finally {
    await within(CLOSE_PATIENCE_MS, client.end()).catch(ignore);
  }
}

async function settingsOff(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off'",
    [Object.keys(RISKS)],
  );
  return rows.map(({ name }) => name);
}

function ignore(): void {
  // Whoever waits for its answer hears of it as well.
}
