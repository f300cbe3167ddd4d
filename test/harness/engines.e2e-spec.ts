import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';

import { describeWith, openNamespace, urlOf } from './engines.js';

(await describeWith('redis'))("a test's own key prefix", () => {
  it('takes its keys with it, and nobody else’s', async () => {
    const redis = new Redis(urlOf('redis'));
    const [mine, other] = [openNamespace('redis'), openNamespace('redis')];
    const keys = [`${mine.namespace}:a`, `{${mine.namespace}}:b`, `${other.namespace}:a`];
    await redis.mset(Object.fromEntries(keys.map((key) => [key, '1'])));
    await mine.remove();
    expect(await redis.mget(...keys)).toEqual([null, null, '1']);
    await other.remove();
    expect(await redis.exists(...keys)).toBe(0);
    await redis.quit();
  });
});

(await describeWith('postgresql'))("a test's own schema", () => {
  it('takes its tables with it', async () => {
    const client = new Client({ connectionString: urlOf('postgresql') });
    await client.connect();
    const { namespace, remove } = openNamespace('postgresql');
    await client.query(`CREATE SCHEMA ${namespace} CREATE TABLE jobs (id int)`);
    await remove();
    const { rows } = await client.query(
      'SELECT 1 FROM information_schema.schemata WHERE schema_name = $1',
      [namespace],
    );
    expect(rows).toEqual([]);
    await client.end();
  });
});
