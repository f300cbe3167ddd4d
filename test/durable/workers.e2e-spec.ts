import { beforeEach, expect, it, jest } from '@jest/globals';
import { type INestApplicationContext, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { type DokuAlarmOf, type DokuEvent, OnDokuAlarm, OnDokuEvent } from 'nestjs-doku';
import { bullMqDelivery, DokuNotificationWorkerModule } from 'nestjs-doku/bullmq';

import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { NON_SNAP } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';
import { DurableStage } from './durable-stage.js';

const LONG_MS = 10_000;
jest.setTimeout(30_000);

for (const engine of ENGINES) {
  const describe = await describeWith(engine);
  describe(`workers on ${engine}`, () => {
    const stage = new DurableStage(engine);
    const { heard, alarms } = stage;
    let emitted: DokuEvent[];

    beforeEach(() => {
      emitted = [];
    });

    @Injectable()
    class Books {
      @OnDokuEvent('*', { name: 'books' })
      hear(event: DokuEvent): void {
        heard.push(event);
      }

      @OnEvent('doku.payment.succeeded')
      hearPlain(event: DokuEvent): void {
        emitted.push(event);
      }
    }

    function startReceiver(providers: Type[] = []): Promise<HostApp> {
      return stage.start({ providers, delivery: { worker: false } });
    }

    async function startWorker(
      providers: Type[],
      delivery: { retryDelaysMs?: number[] } = {},
      notifications: { unhandled?: 'accept' | 'refuse' } = {},
    ): Promise<INestApplicationContext> {
      const { connection, namespace } = stage.place;
      @Module({
        imports: [
          EventEmitterModule.forRoot(),
          DokuNotificationWorkerModule.forRoot({
            ...CREDENTIALS,
            // Options meant for the receiver change nothing about what a worker is.
            notifications: {
              ...notifications,
              delivery: bullMqDelivery({ connection, namespace, worker: false, ...delivery }),
            },
          }),
        ],
        providers,
      })
      class WorkerApp {}
      return stage.closing(
        await NestFactory.createApplicationContext(WorkerApp, { logger: false }),
      );
    }

    it('bring what a receiver without workers took in to their listeners, later', async () => {
      const receiver = await startReceiver([Books]);
      expect((await receiver.notify()).status).toBe(200);
      expect(heard).toEqual([]);
      await startWorker([Books]);
      await eventually(() => heard.length === 1 && emitted.length === 1, LONG_MS);
      expect(emitted[0]?.id).toBe(heard[0]?.id);
    });

    it('let a job wait whose listener they do not know, and make it a dead letter in the end', async () => {
      @Injectable()
      class Newer {
        @OnDokuEvent('*', { name: 'newer' })
        async hear(): Promise<void> {
          // Until the worker that knows it is gone.
          await new Promise((resolve) => (release = resolve));
          throw new Error('shut down meanwhile');
        }
      }
      let release: ((nothing: undefined) => void) | undefined;
      @Injectable()
      class Duty {
        @OnDokuAlarm('dead-lettered')
        hear(alarm: DokuAlarmOf<'dead-lettered'>): void {
          alarms.push(alarm);
        }
      }
      const receiver = await startReceiver();
      const retryDelaysMs = [0, 20, 20, 20];
      const newer = await startWorker([Newer], { retryDelaysMs });
      await receiver.notify();
      await eventually(() => release !== undefined, LONG_MS);
      const closed = stage.close(newer);
      release?.(undefined);
      await closed;

      await startWorker([Books, Duty], { retryDelaysMs });
      await eventually(() => alarms.length === 1, LONG_MS);
      expect(alarms[0]?.deadLetter).toMatchObject({
        listener: 'newer',
        cause: 'unknown-listener',
        attempts: 4,
      });
      expect(heard).toEqual([]);
    });

    it('give back what does not end while they shut down, for another worker to take at once', async () => {
      let runs = 0;
      @Injectable()
      class Slow {
        @OnDokuEvent('*', { name: 'slow' })
        async hear(): Promise<void> {
          runs += 1;
          if (runs === 1) await new Promise(() => undefined);
        }
      }
      const receiver = await startReceiver();
      const first = await startWorker([Slow]);
      await receiver.notify();
      await eventually(() => runs === 1, LONG_MS);
      const second = await startWorker([Slow]);
      expect(second).toBeDefined();
      const started = performance.now();
      await stage.close(first);
      expect(performance.now() - started).toBeLessThan(9_000);
      // Far sooner than a stalled job is taken over.
      await eventually(() => runs === 2, 2_000);
    });

    it("make an event that nobody hears a dead letter where 'unhandled' is 'refuse'", async () => {
      @Injectable()
      class Duty {
        @OnDokuEvent('binding.*', { name: 'bindings' })
        hearBinding(): void {
          heard.length = 0;
        }

        @OnDokuAlarm('dead-lettered')
        hear(alarm: DokuAlarmOf<'dead-lettered'>): void {
          alarms.push(alarm);
        }
      }
      const receiver = await startReceiver();
      await startWorker([Duty], {}, { unhandled: 'refuse' });
      expect(
        (await receiver.notify({ payload: NON_SNAP.payment({ reference: 'I' }) })).status,
      ).toBe(200);
      await eventually(() => alarms.length === 1, LONG_MS);
      expect(alarms[0]?.deadLetter).toMatchObject({
        cause: 'unheard',
        event: { type: 'payment.succeeded', reference: 'I' },
      });
      expect(alarms[0]?.deadLetter).not.toHaveProperty('listener');
    });

    it('are not run by an app without listeners, whose events wait for one that has some', async () => {
      const app = await stage.start();
      expect(app.logs.lines.join('\n')).toContain('this app has no @OnDokuEvent');
      expect((await app.notify()).status).toBe(200);
      await startWorker([Books]);
      await eventually(() => heard.length === 1, LONG_MS);
    });

    it('say that nothing listens only where they should', async () => {
      const receiver = await startReceiver();
      expect(receiver.logs.lines.join('\n')).not.toContain('nothing listens');
    });

    it('answer new notifications 503 while the app shuts down', async () => {
      let release: ((nothing: undefined) => void) | undefined;
      @Injectable()
      class Slow {
        @OnDokuEvent('*', { name: 'slow' })
        async hear(): Promise<void> {
          await new Promise((resolve) => (release = resolve));
        }
      }
      const app = await stage.start({ providers: [Slow] });
      await app.notify();
      await eventually(() => release !== undefined, LONG_MS);
      const closing = stage.close(app);
      await eventually(
        async () => (await app.notify({ payload: NON_SNAP.payment() })).status === 503,
        LONG_MS,
      );
      release?.(undefined);
      await closing;
    });
  });
}
