import { randomBytes } from 'node:crypto';

import { createPostgresBackend, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

const URLS = {
  redis: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  postgresql: process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test',
};

/** A part of an engine for one run of a tool, removed afterwards. */
export class EngineNamespace {
  namespace = `bench_${randomBytes(6).toString('hex')}`;

  constructor(engine) {
    this.engine = engine;
    this.connection = URLS[engine];
  }

  /** The engine's own queue, beside ours. */
  bareQueue() {
    if (this.engine === 'redis') {
      return new Queue('bare', {
        prefix: this.namespace,
        connection: { url: this.connection, maxRetriesPerRequest: null },
      });
    }
    const connection = { connectionString: this.connection, schema: this.namespace, migrate: true };
    return new Queue('bare', { connection }, createPostgresBackend);
  }

  async remove() {
    if (this.engine === 'redis') await removeKeys(this.connection, this.namespace);
    else await removeSchema(this.connection, this.namespace);
  }
}

async function removeKeys(url, prefix) {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.unlink(...keys);
  }
  await redis.quit();
}

async function removeSchema(connectionString, schema) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  await client.end();
}
