import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  DeadLetterError,
  type DokuAlarmOf,
  type DokuEvent,
  OnDokuAlarm,
  OnDokuEvent,
} from 'nestjs-doku';

import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { HostApp } from '../harness/host-app.js';
import { NON_SNAP, SCHEMES } from '../harness/inbound-schemes.js';
import { DeliveryQueue } from '../../libs/doku/src/bullmq/delivery-queue.js';
import { NOTIFICATION_DELIVERY } from '../../libs/doku/src/notifications/notification-delivery.js';
import type { DurableDelivery } from '../../libs/doku/src/notifications/durable-delivery.js';
import { DurableStage } from './durable-stage.js';

const LONG_MS = 10_000;
jest.setTimeout(20_000);
/** The schedule of ten attempts, in milliseconds instead of hours. */
const FAST = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

for (const engine of ENGINES) {
  const describe = await describeWith(engine);
  describe(`durable delivery on ${engine}`, () => {
    const stage = new DurableStage(engine);
    const { heard, alarms } = stage;

    @Injectable()
    class Books {
      @OnDokuEvent('*', { name: 'books' })
      hear(event: DokuEvent): void {
        heard.push(event);
      }
    }

    @Injectable()
    class Duty {
      @OnDokuAlarm('dead-lettered')
      hear(alarm: DokuAlarmOf<'dead-lettered'>): void {
        alarms.push(alarm);
      }
    }

    function deliveryOf(app: HostApp): DurableDelivery {
      return app.app.get<DurableDelivery>(NOTIFICATION_DELIVERY, { strict: false });
    }

    it.each(SCHEMES)('answers $name 200 once queued, and runs the listener', async (scheme) => {
      const app = await stage.start({ providers: [Books] });
      const answer = await app.notify({ payload: scheme.payment({ amount: 90_000 }) }, scheme);
      expect(answer).toEqual({ status: 200, body: scheme.answers.accepted });
      await eventually(() => heard.length === 1, LONG_MS);
      expect(heard[0]).toMatchObject({
        type: 'payment.succeeded',
        source: 'notification',
        amount: { value: '90000.00', currency: 'IDR' },
        delivery: { attempt: 1 },
      });
      expect(Object.isFrozen(heard[0])).toBe(true);
    });

    it('runs nothing for a duplicate, in another process as well', async () => {
      const [one, other] = [
        await stage.start({ providers: [Books] }),
        await stage.start({ providers: [Books] }),
      ];
      const payload = NON_SNAP.payment({ reference: 'INV-1', attempt: 'a' });
      const answers = await Promise.all(
        Array.from({ length: 32 }, (_, at) => (at % 2 ? one : other).notify({ payload })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(32).fill(200));
      const payload2 = NON_SNAP.payment({ reference: 'INV-2', attempt: 'b' });
      await one.notify({ payload: payload2 });
      await eventually(() => heard.some(({ reference }) => reference === 'INV-2'), LONG_MS);
      await eventually(() => heard.length >= 2, LONG_MS);
      expect(heard.filter(({ reference }) => reference === 'INV-1')).toHaveLength(1);
      expect([...one.logs.lines, ...other.logs.lines].join('\n')).toContain('outcome=duplicate');
    });

    it('tells the same fact with another amount as a conflict, once', async () => {
      const app = await stage.start({ providers: [Books] });
      for (const amount of [90_000, 10_000, 10_000, 90_000]) {
        await app.notify({ payload: NON_SNAP.payment({ reference: 'I', attempt: 'a', amount }) });
      }
      await eventually(() => heard.length === 2, LONG_MS);
      const conflict = heard.find(({ type }) => type === 'notification.conflict');
      expect(conflict).toMatchObject({
        amount: { value: '10000.00' },
        conflict: { firstAmount: '90000.00' },
      });
    });

    it('hands on to each listener once, though handing on broke halfway', async () => {
      const ledger: string[] = [];
      @Injectable()
      class Ledger {
        @OnDokuEvent('*', { name: 'ledger' })
        hear({ id }: DokuEvent): void {
          ledger.push(id);
        }
      }
      // eslint-disable-next-line @typescript-eslint/unbound-method -- it is given its queue below
      const { add } = DeliveryQueue.prototype;
      let failures = 0;
      const broken = jest.spyOn(DeliveryQueue.prototype, 'add');
      broken.mockImplementation(async function (this: DeliveryQueue, event, listener) {
        if (listener === 'ledger' && failures < 2) {
          // Not before the other one has done its work.
          await eventually(() => heard.length > 0, LONG_MS);
          failures += 1;
          throw new Error('the engine is away');
        }
        return add.call(this, event, listener);
      });
      const app = await stage.start({ providers: [Books, Ledger] });
      await app.notify();
      await eventually(() => ledger.length === 1, LONG_MS);
      broken.mockRestore();
      await app.notify({ payload: NON_SNAP.payment({ reference: 'next' }) });
      await eventually(() => ledger.length === 2 && heard.length >= 2, LONG_MS);
      expect(heard).toHaveLength(2);
    });

    it('tries a broken listener again without the others, and then makes it a dead letter', async () => {
      let attempts = 0;
      @Injectable()
      class Broken {
        @OnDokuEvent('payment.*', { name: 'broken' })
        hear(): void {
          attempts += 1;
          throw new Error(`mail server\nis down`);
        }
      }
      const app = await stage.start({
        providers: [Books, Broken, Duty],
        delivery: { retryDelaysMs: FAST },
      });
      await app.notify({ payload: NON_SNAP.payment({ reference: 'I' }) });
      await eventually(() => alarms.length === 1, LONG_MS);
      expect(attempts).toBe(10);
      expect(heard).toHaveLength(1);
      expect(alarms[0]?.deadLetter).toMatchObject({
        listener: 'broken',
        cause: 'attempts-used-up',
        reason: 'Error: mail server is down',
        attempts: 10,
        event: { type: 'payment.succeeded', reference: 'I', merchant: 'default' },
      });
      await expect(deliveryOf(app).health()).resolves.toMatchObject({
        reachable: true,
        deadLetters: 1,
      });
    });

    it('gives up at once when a listener throws a DeadLetterError; replay and discard are idempotent', async () => {
      let isMended = false;
      let attempts = 0;
      @Injectable()
      class Picky {
        @OnDokuEvent('payment.*', { name: 'picky' })
        hear(): void {
          attempts += 1;
          if (!isMended) throw new DeadLetterError('no such order');
        }
      }
      const app = await stage.start({
        providers: [Picky, Duty],
        delivery: { retryDelaysMs: FAST },
      });
      const { deadLetters } = deliveryOf(app);
      for (const reference of ['I', 'J']) {
        await app.notify({ payload: NON_SNAP.payment({ reference, attempt: 'a' }) });
      }
      await eventually(() => alarms.length === 2, LONG_MS);
      expect(attempts).toBe(2);
      const [first, second] = await deadLetters.list({});
      expect([first, second].map((letter) => letter?.cause)).toEqual([
        'listener-gave-up',
        'listener-gave-up',
      ]);
      expect(first?.reason).toBe('no such order');

      const discarded = second?.id ?? '';
      await expect(deadLetters.discard(discarded, 'a test order')).resolves.toBe('discarded');
      await expect(deadLetters.list({})).resolves.toHaveLength(1);
      await expect(deadLetters.list({ includeDiscarded: true })).resolves.toHaveLength(2);

      isMended = true;
      const replays = await Promise.all([1, 2, 3].map(() => deadLetters.replay(first?.id ?? '')));
      expect(replays.sort()).toEqual(['not-dead', 'not-dead', 'replayed']);
      await eventually(() => attempts === 3, LONG_MS);
      await eventually(async () => (await deadLetters.list({})).length === 0, LONG_MS);
      expect(attempts).toBe(3);
      // The event is known all the same.
      for (const letter of [first, second]) {
        const reference = letter?.event.reference ?? '';
        await app.notify({ payload: NON_SNAP.payment({ reference, attempt: 'a' }) });
      }
      await app.notify({ payload: NON_SNAP.payment({ reference: 'K' }) });
      await eventually(() => attempts === 4, LONG_MS);
      await expect(deadLetters.replay(discarded)).resolves.toBe('replayed');
      await eventually(() => attempts === 5, LONG_MS);
    });

    it.each([undefined, null, 'text', 7, { name: 'DelayedError' }])(
      'survives a listener that throws %p',
      async (thrown) => {
        let attempts = 0;
        @Injectable()
        class Odd {
          @OnDokuEvent('payment.*', { name: 'odd' })
          hear(): void {
            attempts += 1;
            // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is tested
            if (attempts < 3) throw thrown;
          }
        }
        const app = await stage.start({
          providers: [Odd, Books],
          delivery: { retryDelaysMs: FAST },
        });
        await app.notify();
        await eventually(() => attempts === 3, LONG_MS);
        await app.notify({ payload: NON_SNAP.payment({ reference: 'next' }) });
        await eventually(() => attempts === 4, LONG_MS);
        await eventually(() => heard.length === 2, LONG_MS);
      },
    );

    it('counts a listener that never settles as failed, and goes on', async () => {
      let attempts = 0;
      @Injectable()
      class Hanging {
        @OnDokuEvent('payment.*', { name: 'hanging' })
        hear(): Promise<never> {
          attempts += 1;
          return new Promise(() => undefined);
        }
      }
      const app = await stage.start({
        providers: [Hanging, Books, Duty],
        delivery: { retryDelaysMs: [0, 1, 1], listenerTimeoutMs: 50, concurrency: 1 },
      });
      await app.notify();
      await eventually(() => alarms.length === 1, LONG_MS);
      expect(attempts).toBe(3);
      expect(alarms[0]?.deadLetter.reason).toBe('has not finished within 50 ms');
      await eventually(() => heard.length === 1, LONG_MS);
    });
  });
}
