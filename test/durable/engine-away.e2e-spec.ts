import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  type DokuAlarm,
  DokuDeadLetterService,
  type DokuEvent,
  OnDokuAlarm,
  OnDokuEvent,
} from 'nestjs-doku';

import { NOTIFICATION_DELIVERY } from '../../libs/doku/src/notifications/notification-delivery.js';
import type { DurableDelivery } from '../../libs/doku/src/notifications/durable-delivery.js';
import { startServer } from '../crash/servers/create-server.js';
import type { EngineServer } from '../crash/servers/engine-server.js';
import { ENGINES, openNamespace } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { NON_SNAP, SCHEMES } from '../harness/inbound-schemes.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { describeWithServer } from './describe-with-server.js';
import { startDurableApp } from './durable-app.js';

const LONG_MS = 15_000;
jest.setTimeout(60_000);

for (const engine of ENGINES) {
  const describe = describeWithServer(engine);
  describe(`an app whose ${engine} is away`, () => {
    let server: EngineServer | undefined;
    let proxy: TcpProxy | undefined;
    let app: HostApp | undefined;
    let heard: DokuEvent[];
    let alarms: DokuAlarm[];

    beforeEach(() => {
      heard = [];
      alarms = [];
    });
    afterEach(async () => {
      await app?.close();
      await proxy?.close();
      await server?.remove();
      app = proxy = server = undefined;
    });

    @Injectable()
    class Books {
      @OnDokuEvent('*', { name: 'books' })
      hear(event: DokuEvent): void {
        heard.push(event);
      }

      @OnDokuAlarm(['engine-unreachable', 'engine-recovered'])
      hearAlarm(alarm: DokuAlarm): void {
        alarms.push(alarm);
      }
    }

    async function start(url: string): Promise<HostApp> {
      const namespace = 'doku_away';
      const place = { ...openNamespace(engine), connection: url, namespace };
      return (app = await startDurableApp(place, { providers: [Books] }));
    }

    function notify(host: HostApp, reference: string) {
      return host.notify({ payload: NON_SNAP.payment({ reference, attempt: 'a' }) });
    }

    // First, since BullMQ's own wait after an error, 5 seconds, outlives a worker.
    it('can be shut down while it is away', async () => {
      server = await startServer(engine);
      const host = await start(server.url);
      await server.kill();
      expect((await notify(host, 'before')).status).toBe(503);
      const asked = performance.now();
      await host.close();
      app = undefined;
      expect(performance.now() - asked).toBeLessThan(10_000);
    });

    it('answers 503 within 2 seconds, raises an alarm, and goes on by itself once it is back', async () => {
      server = await startServer(engine);
      const host = await start(server.url);
      expect((await notify(host, 'before')).status).toBe(200);
      await eventually(() => heard.length === 1, LONG_MS);

      await server.kill();
      for (const scheme of SCHEMES) {
        const asked = performance.now();
        const { status, body } = await host.notify({ payload: scheme.payment() }, scheme);
        expect({ status, body }).toEqual({
          status: 503,
          body:
            scheme === NON_SNAP
              ? '{"error":{"code":"UNAVAILABLE","message":"Send again later"}}'
              : '{"responseCode":"5035600","responseMessage":"Service Unavailable"}',
        });
        expect(performance.now() - asked).toBeLessThan(2_000);
      }
      expect(alarms.map(({ type }) => type)).toEqual(['engine-unreachable']);
      const delivery = host.app.get<DurableDelivery>(NOTIFICATION_DELIVERY, { strict: false });
      await expect(delivery.health()).resolves.toMatchObject({ reachable: false, engine });

      await server.start();
      const back = performance.now();
      await eventually(async () => (await notify(host, 'after')).status === 200, LONG_MS);
      await eventually(() => heard.some(({ reference }) => reference === 'after'), LONG_MS);
      expect(performance.now() - back).toBeLessThan(5_000);
      await eventually(() => alarms.length === 2, LONG_MS);
      expect(alarms[1]).toMatchObject({ type: 'engine-recovered', engine });
      // Told once, though what got 503 may have been taken in as well.
      await eventually(async () => (await delivery.health()).reachable, LONG_MS);
      expect(heard.filter(({ reference }) => reference === 'after')).toHaveLength(1);
    });

    it('starts without it, answers 503, and begins to work when it comes', async () => {
      server = await startServer(engine);
      await server.kill();
      const host = await start(server.url);
      expect((await notify(host, 'early')).status).toBe(503);
      expect(host.logs.lines.join('\n')).toContain(
        `${engine === 'redis' ? 'redis' : 'postgresql'} at `,
      );
      const letters = host.app.get(DokuDeadLetterService, { strict: false });
      const questions = [
        letters.list(),
        letters.inspect('a'),
        letters.replay('a'),
        letters.replayAll(),
        letters.discard('a', 'why'),
      ];
      for (const answer of await Promise.allSettled(questions)) {
        expect(answer).toMatchObject({ reason: { code: 'unavailable', retryable: true } });
      }
      await server.start();
      await eventually(async () => (await notify(host, 'late')).status === 200, LONG_MS);
      await eventually(() => heard.some(({ reference }) => reference === 'late'), LONG_MS);
    });

    it('answers 503 within 2 seconds when it does not say a word, and goes on when it does', async () => {
      server = await startServer(engine);
      proxy = await TcpProxy.start(server.url);
      const host = await start(proxy.url);
      expect((await notify(host, 'before')).status).toBe(200);
      proxy.silence();
      const asked = performance.now();
      const answers = await Promise.all(['a', 'b', 'c'].map((each) => notify(host, each)));
      expect(performance.now() - asked).toBeLessThan(2_500);
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      proxy.speak();
      await eventually(async () => (await notify(host, 'a')).status === 200, LONG_MS);
      await eventually(() => heard.some(({ reference }) => reference === 'a'), LONG_MS);
      expect(heard.filter(({ reference }) => reference === 'a')).toHaveLength(1);
    });
  });
}
