import type { ClientConfig } from 'pg';

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
    const { rows } = await client.query<{ name: string }>(
      "SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off'",
      [Object.keys(RISKS)],
    );
    return rows.map(({ name }) => `PostgreSQL at ${address} has ${name} off: ${RISKS[name]}`);
  } finally {
    await client.end();
  }
}

function ignore(): void {
  // Whoever waits for its answer hears of it as well.
}
