import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { DokuConfigurationError } from 'nestjs-doku';
import { Redis } from 'ioredis';

import { RedisEngine } from '../../libs/doku/src/bullmq/redis-engine.js';
import { inspectRedis } from '../../libs/doku/src/bullmq/redis-safety.js';
import { startServer } from '../crash/servers/create-server.js';
import type { EngineServer } from '../crash/servers/engine-server.js';
import { openNamespace } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { NON_SNAP } from '../harness/inbound-schemes.js';
import { describeWithServer } from './describe-with-server.js';
import { startDurableApp } from './durable-app.js';
import { WaitAofProxy } from './wait-aof-proxy.js';

jest.setTimeout(30_000);
const describe = describeWithServer('redis');

describe('what the start tells of a Redis', () => {
  let server: EngineServer;
  let admin: Redis;
  let app: HostApp | undefined;

  beforeAll(async () => {
    server = await startServer('redis');
    admin = new Redis(server.url);
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await admin.config('SET', 'appendonly', 'yes');
    await admin.config('SET', 'appendfsync', 'always');
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });
  afterAll(async () => {
    await admin.quit();
    await server.remove();
  });

  function start(url = server.url, waitForFsync = false): Promise<HostApp> {
    const place = { ...openNamespace('redis'), connection: url };
    return startDurableApp(place, { delivery: { waitForFsync } });
  }

  function isTaken(host: HostApp): () => Promise<boolean> {
    return async () => (await host.notify()).status === 200;
  }

  function warnings({ logs }: HostApp): string[] {
    return logs.lines.filter((line) => line.includes('durable delivery: '));
  }

  it('says nothing where nothing can be lost', async () => {
    app = await start();
    expect(warnings(app)).toEqual([]);
  });

  it.each([
    [
      'appendfsync',
      'everysec',
      'up to 1 second of accepted events is lost when the machine of Redis dies',
    ],
    ['appendfsync', 'no', 'often 30 seconds of accepted events'],
    ['appendonly', 'no', 'keeps nothing on disk: when it ends, every event that waits'],
  ])('says what %s %s can lose', async (name, value, sentence) => {
    await admin.config('SET', name, value);
    app = await start();
    expect(warnings(app)).toEqual([expect.stringContaining(sentence)]);
  });

  it('says what snapshots alone can lose', async () => {
    await admin.config('SET', 'appendonly', 'no');
    await admin.config('SET', 'save', '3600 1');
    app = await start();
    await admin.config('SET', 'save', '');
    expect(warnings(app)).toEqual([expect.stringContaining('keeps snapshots only (save 3600 1)')]);
  });

  it('stops a start that could lose events to make room', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const error: unknown = await start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DokuConfigurationError);
    expect(error).toMatchObject({
      option: 'bullMqDelivery.connection',
      fix: expect.stringContaining('Set maxmemory-policy to noeviction'),
    });
  });

  it('warns where CONFIG is refused, and starts', async () => {
    await admin.call('ACL', 'SETUSER', 'app', 'on', '>pass-word', '~*', '&*', '+@all', '-config');
    const url = Object.assign(new URL(server.url), { username: 'app', password: 'pass-word' }).href;
    app = await start(url);
    expect(warnings(app)).toEqual([
      expect.stringContaining('does not let its CONFIG be read: make sure'),
    ]);
    expect((await app.notify()).status).toBe(200);
    expect(app.logs.lines.join('\n')).not.toContain('pass-word');
  });

  it.each([
    ['as Upstash does', 'ERR Command is not available: CONFIG'],
    ['as Redis does', "ERR unknown command 'CONFIG'"],
    ['by a rule', 'NOPERM this user has no permissions'],
  ])('is a warning where CONFIG is refused %s', async (_how, message) => {
    const call = () => Promise.reject(Object.assign(new Error(message), { name: 'ReplyError' }));
    const { losses } = await inspectRedis({ call, disconnect: () => undefined }, 'here');
    expect(losses).toEqual([expect.stringContaining('does not let its CONFIG be read')]);
  });

  it('is asked again while there is no answer', async () => {
    const inspect = jest.spyOn(RedisEngine.prototype, 'inspect');
    inspect.mockRejectedValueOnce(new Error('LOADING Redis is loading the dataset in memory'));
    app = await start();
    expect(inspect).toHaveBeenCalledTimes(2);
    expect((await app.notify()).status).toBe(200);
    inspect.mockRestore();
  });

  it('starts where the commands themselves may not be looked up', async () => {
    await admin.call('ACL', 'SETUSER', 'app', 'on', '>pass-word', '~*', '&*', '+@all', '-command');
    const url = Object.assign(new URL(server.url), { username: 'app', password: 'pass-word' }).href;
    app = await start(url, true);
    expect(warnings(app)).toEqual([
      expect.stringContaining('this Redis does not say whether it can wait for its disk'),
    ]);
    expect((await app.notify()).status).toBe(200);
  });

  it('says that waitForFsync does nothing where Redis has no WAITAOF', async () => {
    app = await start(server.url, true);
    expect(warnings(app)).toEqual([expect.stringContaining('this Redis has no WAITAOF')]);
    expect((await app.notify()).status).toBe(200);
  });

  describe('with WAITAOF', () => {
    let proxy: WaitAofProxy;
    beforeAll(async () => {
      proxy = await WaitAofProxy.start(server.url);
    });
    afterAll(() => proxy.close());

    it('answers once Redis has written, and 503 when it has not', async () => {
      app = await start(proxy.url, true);
      expect(warnings(app)).toEqual([]);
      expect((await app.notify()).status).toBe(200);
      expect(proxy.waits).toBeGreaterThan(0);
      proxy.writtenTo = 0;
      expect((await app.notify()).status).toBe(503);
      proxy.writtenTo = 1;
      expect((await app.notify()).status).toBe(200);
    });

    it('answers 503 when the connection breaks meanwhile: on another one there is no write to wait for', async () => {
      app = await start(proxy.url, true);
      proxy.breaks = 1;
      expect((await app.notify()).status).toBe(503);
      expect(proxy.breaks).toBe(0);
      await eventually(isTaken(app), 5_000);
    });

    it('goes on by itself when one question is never answered', async () => {
      app = await start(proxy.url, true);
      proxy.silences = 1;
      expect((await app.notify()).status).toBe(503);
      await eventually(isTaken(app), 10_000);
    });

    it('keeps up with steady traffic where the disk is written to once a second', async () => {
      const host = (app = await start(proxy.url, true));
      const before = proxy.waits;
      proxy.everyMs = 1_000;
      try {
        const answers: Promise<{ status: number }>[] = [];
        for (let at = 0; at < 40; at++) {
          const payload = NON_SNAP.payment({ reference: `INV-${at}`, attempt: 'a' });
          answers.push(host.notify({ payload }));
          await delay(75);
        }
        const statuses = (await Promise.all(answers)).map(({ status }) => status);
        expect(statuses).toEqual(Array(40).fill(200));
        // A wait for every few of them.
        expect(proxy.waits - before).toBeLessThan(25);
      } finally {
        proxy.everyMs = 0;
      }
    });

    it('lets notifications that come together share a wait', async () => {
      const host = (app = await start(proxy.url, true));
      const before = proxy.waits;
      const answers = await Promise.all(Array.from({ length: 40 }, () => host.notify()));
      expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
      expect(proxy.waits - before).toBeLessThan(40);
    });
  });
});
