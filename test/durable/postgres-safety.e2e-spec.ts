import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';

import { startServer } from '../crash/servers/create-server.js';
import type { EngineServer } from '../crash/servers/engine-server.js';
import { openNamespace } from '../harness/engines.js';
import type { HostApp } from '../harness/host-app.js';
import { describeWithServer } from './describe-with-server.js';
import { startDurableApp } from './durable-app.js';

jest.setTimeout(30_000);
const describe = describeWithServer('postgresql');

describe('what the start tells of a PostgreSQL', () => {
  let server: EngineServer;
  let app: HostApp | undefined;

  beforeAll(async () => {
    server = await startServer('postgresql');
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(() => server.remove());

  async function start(url = server.url): Promise<readonly string[]> {
    app = await startDurableApp({ ...openNamespace('postgresql'), connection: url });
    return app.logs.lines.filter((line) => line.includes('durable delivery: '));
  }

  it('is nothing where nothing can be lost', async () => {
    expect(await start()).toEqual([]);
  });

  it('is what a commit that is not waited for can lose, of the role that connects', async () => {
    const url = new URL(server.url);
    url.searchParams.set('options', '-c synchronous_commit=off');
    expect(await start(url.href)).toEqual([
      expect.stringMatching(/has synchronous_commit off: the last fraction of a second .* is lost/),
    ]);
    // Its options do not keep BullMQ from its schema.
    expect((await app?.notify())?.status).toBe(200);
  });

  it.each([
    ['fsync', 'every event that waits can be lost'],
    ['autovacuum', 'slower and slower'],
  ])('is what comes of %s off', async (name, sentence) => {
    await configure(`ALTER SYSTEM SET ${name} = off`);
    try {
      expect(await start()).toEqual([expect.stringContaining(sentence)]);
    } finally {
      await configure('ALTER SYSTEM RESET ALL');
    }
  });

  it('is that its settings may not be read, where that is so', async () => {
    await configure(
      'CREATE ROLE app LOGIN',
      'GRANT CREATE ON DATABASE postgres TO app',
      'REVOKE SELECT ON pg_settings FROM PUBLIC',
    );
    const url = new URL(server.url);
    url.username = 'app';
    expect(await start(url.href)).toEqual([
      expect.stringContaining('does not let its settings be read: make sure that fsync,'),
    ]);
    expect((await app?.notify())?.status).toBe(200);
  });

  async function configure(...statements: readonly string[]): Promise<void> {
    const admin = new Client({ connectionString: server.url });
    await admin.connect();
    for (const statement of statements) await admin.query(statement);
    await admin.query('SELECT pg_reload_conf()');
    await admin.end();
  }
});
