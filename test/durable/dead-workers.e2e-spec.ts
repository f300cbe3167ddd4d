import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { createPostgresBackend, type Processor, Worker } from 'bullmq';
import { type DokuAlarmOf, type DokuEvent, OnDokuAlarm, OnDokuEvent } from 'nestjs-doku';

import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import { DurableStage } from './durable-stage.js';

const LONG_MS = 15_000;
jest.setTimeout(60_000);

/** A worker as it dies: takes a job, and is gone. Its lock is short, so that nobody waits long. */
const DYING = {
  lockDuration: 200,
  stalledInterval: 100,
  maxStalledCount: 3,
  skipLockRenewal: true,
} as const;

interface DyingWorker {
  on(event: 'error', listener: () => void): unknown;
  close(force: boolean): Promise<void>;
}

for (const engine of ENGINES) {
  const describe = await describeWith(engine);
  describe(`a job whose workers die, on ${engine}`, () => {
    const stage = new DurableStage(engine);
    const { heard, alarms } = stage;

    @Injectable()
    class Books {
      @OnDokuEvent('*', { name: 'books' })
      hear(event: DokuEvent): void {
        heard.push(event);
      }

      @OnDokuAlarm('dead-lettered')
      hearAlarm(alarm: DokuAlarmOf<'dead-lettered'>): void {
        alarms.push(alarm);
      }
    }

    /** Puts the one job of `books` into the queue, and has so many workers die under it. */
    async function dieUnderIt(times: number): Promise<void> {
      const receiver = await stage.start({ delivery: { worker: false } });
      // Fans out, and is closed before it runs the listener.
      let release: (() => void) | undefined;
      @Injectable()
      class Holding {
        @OnDokuEvent('*', { name: 'holding' })
        async hear(): Promise<void> {
          await new Promise<void>((resolve) => (release = resolve));
        }

        @OnDokuEvent('*', { name: 'books' })
        hearAsBooks(): void {
          throw new Error('not yet');
        }
      }
      const fanOut = await stage.start({
        providers: [Holding],
        delivery: { concurrency: 1, retryDelaysMs: [0, 1_000, 1] },
      });
      await receiver.notify();
      await eventually(() => release !== undefined, LONG_MS);
      const closed = stage.close(fanOut);
      release?.();
      await closed;
      for (let death = 0; death < times; death += 1) await die();
    }

    async function die(): Promise<void> {
      let takes: (() => void) | undefined;
      const taken = new Promise<void>((resolve) => (takes = resolve));
      const worker = createWorker(async () => {
        takes?.();
        await new Promise(() => undefined);
      });
      worker.on('error', () => undefined);
      await taken;
      await worker.close(true);
    }

    function createWorker(processor: Processor): DyingWorker {
      const { connection, namespace } = stage.place;
      return engine === 'redis'
        ? new Worker('deliveries', processor, {
            ...DYING,
            connection: { url: connection },
            prefix: namespace,
          })
        : new Worker(
            'deliveries',
            processor,
            { ...DYING, connection: { connectionString: connection, schema: namespace } },
            createPostgresBackend,
          );
    }

    it('is run by another one after three deaths', async () => {
      await dieUnderIt(3);
      await stage.start({ providers: [Books] });
      await eventually(() => heard.length === 1, 30_000);
      expect(alarms).toEqual([]);
    });

    it('is a dead letter after four, without being run again', async () => {
      await dieUnderIt(4);
      await stage.start({ providers: [Books] });
      await eventually(() => alarms.length === 1, 30_000);
      expect(alarms[0]?.deadLetter).toMatchObject({ cause: 'poison-pill', listener: 'books' });
      expect(heard).toEqual([]);
    });
  });
}
