import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DeadLetterError, DokuDeadLetterService, OnDokuEvent } from 'nestjs-doku';
import { Job } from 'bullmq';

import type { DurableDelivery } from '../../libs/doku/src/notifications/durable-delivery.js';
import { NOTIFICATION_DELIVERY } from '../../libs/doku/src/notifications/notification-delivery.js';
import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { DurableStage } from './durable-stage.js';

const LONG_MS = 10_000;
jest.setTimeout(20_000);

for (const engine of ENGINES) {
  const describe = await describeWith(engine);
  describe(`a dead letter on ${engine}`, () => {
    const stage = new DurableStage(engine);
    let app: HostApp;
    let delivery: DurableDelivery;
    let id: string;
    let attempts: number;
    /** What the listener waits for before it gives up. */
    let hold: Promise<void>;
    let isMended: boolean;

    @Injectable()
    class Picky {
      @OnDokuEvent('*', { name: 'picky' })
      async hear(): Promise<void> {
        attempts += 1;
        await hold;
        if (isMended) return;
        throw new DeadLetterError('no such order');
      }
    }

    beforeEach(async () => {
      attempts = 0;
      hold = Promise.resolve();
      isMended = false;
      app = await stage.start({ providers: [Picky] });
      delivery = app.app.get<DurableDelivery>(NOTIFICATION_DELIVERY, { strict: false });
      await app.notify();
      await eventually(async () => (await delivery.deadLetters.list({})).length === 1, LONG_MS);
      id = (await delivery.deadLetters.list({}))[0]?.id ?? '';
    });
    afterEach(() => {
      jest.restoreAllMocks();
    });

    it('that was discarded is one again when it is replayed and dies once more', async () => {
      await delivery.deadLetters.discard(id, 'a test order');
      await expect(delivery.deadLetters.list({})).resolves.toEqual([]);
      await expect(delivery.deadLetters.replay(id)).resolves.toBe('replayed');
      await eventually(async () => (await delivery.deadLetters.list({})).length === 1, LONG_MS);
      expect((await delivery.deadLetters.list({}))[0]).not.toHaveProperty('discarded');
    });

    it('that is replayed while it is discarded does not die unseen', async () => {
      let fail: () => void = () => undefined;
      hold = new Promise((resolve) => (fail = resolve));
      const replaced = jest.spyOn(Job.prototype, 'updateData');
      replaced.mockImplementationOnce(async function (this: Job, data: unknown) {
        replaced.mockRestore();
        await delivery.deadLetters.replay(id);
        await eventually(() => attempts === 2, LONG_MS);
        await this.updateData(data);
      });
      await delivery.deadLetters.discard(id, 'a test order');
      fail();
      await eventually(async () => (await delivery.deadLetters.list({})).length === 1, LONG_MS);
    });

    it('that is replayed while it is discarded, and is done, is none any more', async () => {
      isMended = true;
      const replaced = jest.spyOn(Job.prototype, 'updateData');
      replaced.mockImplementationOnce(async function (this: Job, data: unknown) {
        replaced.mockRestore();
        await delivery.deadLetters.replay(id);
        await eventually(async () => (await this.getState()) === 'unknown', LONG_MS);
        await this.updateData(data);
      });
      await expect(delivery.deadLetters.discard(id, 'a test order')).resolves.toBe('not-dead');
    });

    it('has no id that an engine cannot keep', async () => {
      const letters = app.app.get(DokuDeadLetterService, { strict: false });
      await expect(letters.replay('a\u0000b')).resolves.toBe('not-dead');
    });

    it('makes the engine no less reachable, however long it takes to read them all', async () => {
      await expect(delivery.health()).resolves.toMatchObject({ reachable: true, deadLetters: 1 });
      const list = jest.spyOn(delivery.deadLetters, 'list');
      list.mockImplementation(() => new Promise(() => undefined));
      for (let probe = 0; probe < 2; probe += 1) {
        await expect(delivery.health()).resolves.toMatchObject({ reachable: true, deadLetters: 1 });
      }
      expect(list).toHaveBeenCalledTimes(1);
    });
  });
}
