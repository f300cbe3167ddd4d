import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DokuConfigurationError, OnDokuEvent } from 'nestjs-doku';
import { migrateDokuSchema } from 'nestjs-doku/bullmq';
import { Client } from 'pg';

import { runMigrateCli } from '../../libs/doku/src/bullmq/run-migrate-cli.js';
import { describeWith, openNamespace, urlOf } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { startDurableApp } from './durable-app.js';

const describe = await describeWith('postgresql');

describe('the schema of durable delivery on PostgreSQL', () => {
  const owner = urlOf('postgresql');
  const role = `doku_app_${randomUUID().slice(0, 8)}`;
  const appUrl = Object.assign(new URL(owner), { username: role, password: '' }).href;
  const place = openNamespace('postgresql');
  let app: HostApp | undefined;
  let heard = 0;

  @Injectable()
  class Books {
    @OnDokuEvent('payment.*', { name: 'books' })
    hear(): void {
      heard += 1;
    }
  }

  beforeAll(() => inDatabase(`CREATE ROLE ${role} LOGIN`));
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    await place.remove();
    await inDatabase(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  });

  it('is not made by an app in production, which then does not start and says what to run', async () => {
    const start = startDurableApp(place, {
      options: { environment: 'production' },
    });
    const error: unknown = await start.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DokuConfigurationError);
    expect(error).toMatchObject({
      option: 'bullMqDelivery.migrate',
      fix: expect.stringContaining(`npx nestjs-doku-migrate --namespace ${place.namespace}`),
    });
    expect(String(error)).not.toContain(role);
  });

  it('is made by nestjs-doku-migrate, again and again, and used by a role that may create nothing', async () => {
    const output: string[] = [];
    const terminal = {
      env: { DATABASE_URL: owner },
      out: (text: string) => output.push(text),
      err: (text: string) => output.push(text),
    };
    for (let run = 0; run < 2; run += 1) {
      const code = await runMigrateCli(['--namespace', place.namespace], terminal);
      expect({ code, output }).toMatchObject({ code: 0 });
    }
    expect(output[0]).toMatch(/is at version \d+/);
    await runMigrateCli(['--help'], terminal);
    // The rights that the help names are the rights that it takes.
    const grants = (output[2] ?? '').match(/GRANT [^;]+;/g) ?? [];
    expect(grants.length).toBeGreaterThan(0);
    await inDatabase(
      ...grants.map((grant) =>
        grant.replace('SCHEMA doku', `SCHEMA ${place.namespace}`).replace('TO app', `TO ${role}`),
      ),
    );

    app = await startDurableApp(
      { ...place, connection: appUrl },
      {
        providers: [Books],
        options: { environment: 'production' },
      },
    );
    expect((await app.notify()).status).toBe(200);
    await eventually(() => heard === 1, 10_000);
  });

  it('cannot be made in Redis', async () => {
    await expect(migrateDokuSchema({ connection: 'redis://127.0.0.1' })).rejects.toThrow(
      'which has no tables',
    );
  });

  it('tells in words what nestjs-doku-migrate lacks', async () => {
    const told: string[] = [];
    const terminal = { out: () => undefined, err: (text: string) => told.push(text) };
    expect(await runMigrateCli([], { env: {}, ...terminal })).toBe(2);
    expect(told[0]).toMatch(/^DATABASE_URL is not set/);
    expect(await runMigrateCli(['--schema', 'x'], { env: {}, ...terminal })).toBe(2);
    const env = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none' };
    expect(await runMigrateCli([], { env, ...terminal })).toBe(1);
    expect(told[2]).toContain('ECONNREFUSED');
    expect(told.join('')).not.toContain('secret');
  });

  async function inDatabase(...statements: readonly string[]): Promise<void> {
    const client = new Client({ connectionString: owner });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }
});
