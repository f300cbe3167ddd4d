import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

import { describe } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';

import type { EngineName } from './engine-names.js';

export { type EngineName, ENGINES } from './engine-names.js';

interface Place {
  readonly product: string;
  readonly url: string;
  readonly defaultPort: number;
  readonly variable: string;
}

const PLACES: Readonly<Record<EngineName, Place>> = {
  redis: {
    product: 'Redis',
    url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
    defaultPort: 6379,
    variable: 'REDIS_URL',
  },
  postgresql: {
    product: 'PostgreSQL',
    url: process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test',
    defaultPort: 5432,
    variable: 'DATABASE_URL',
  },
};

const isRequired = process.env.REQUIRE_ENGINES === '1';

/** Where the tests find an engine. */
export function urlOf(engine: EngineName): string {
  return PLACES[engine].url;
}

/** `describe` where the engine is, or where `REQUIRE_ENGINES=1` makes its absence a failure; else `describe.skip`. */
export async function describeWith(engine: EngineName): Promise<typeof describe.skip> {
  if (isRequired || (await answers(engine))) return describe;
  const { product, url, defaultPort, variable } = PLACES[engine];
  const { hostname, port } = new URL(url);
  process.stderr.write(
    `What needs ${product} is not tested: none answers at ${hostname}:${port || defaultPort}. Start one, or set ${variable}.\n`,
  );
  return describe.skip;
}

/** A part of an engine that one test has to itself: a key prefix of Redis, a schema of PostgreSQL. */
export interface EngineNamespace {
  readonly engine: EngineName;
  readonly connection: string;
  readonly namespace: string;
  /** Removes whatever stands in it. */
  readonly remove: () => Promise<void>;
}

export function openNamespace(engine: EngineName): EngineNamespace {
  const connection = urlOf(engine);
  const namespace = `doku_test_${randomUUID().replaceAll('-', '')}`;
  const remove = engine === 'redis' ? removeKeys : removeSchema;
  return { engine, connection, namespace, remove: () => remove(connection, namespace) };
}

async function answers(engine: EngineName): Promise<boolean> {
  const { url, defaultPort } = PLACES[engine];
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port || defaultPort), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function removeKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `*${prefix}*`, 'COUNT', 1_000);
      if (keys.length > 0) await redis.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    await redis.quit();
  }
}

async function removeSchema(url: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  } finally {
    await client.end();
  }
}
