import { afterEach, expect, it } from '@jest/globals';
import { type DokuPaymentIntent } from 'nestjs-doku';

import { resolveBullMqOptions } from '../../libs/doku/src/bullmq/bullmq-options.js';
import { createEngine } from '../../libs/doku/src/bullmq/create-engine.js';
import { IntentQueue } from '../../libs/doku/src/bullmq/intent-queue.js';
import { IntentWorker } from '../../libs/doku/src/bullmq/intent.worker.js';
import { resolveDokuOptions } from '../../libs/doku/src/options/resolve-doku-options.js';
import type { DokuReconciliationOptions } from '../../libs/doku/src/options/doku-module-options.js';
import type { IntentVerdict } from '../../libs/doku/src/reconciliation/payment-intent.js';
import {
  describeWith,
  ENGINES,
  type EngineName,
  openNamespace,
  urlOf,
} from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import { CREDENTIALS } from '../harness/library.js';
import { TcpProxy } from '../harness/tcp-proxy.js';

const SOON = { withinMs: 15_000 };

const intentOf = (more: Partial<DokuPaymentIntent> = {}): DokuPaymentIntent => ({
  merchant: 'default',
  channel: 'kki',
  operation: 'kki.createPayment',
  kind: 'payment',
  reference: 'INV-1',
  attempt: '',
  ids: {},
  recordedAt: new Date().toISOString(),
  call: 'call-1',
  ...more,
});

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A queue and, until it is served, a silent worker; each in a place of its own. */
async function open(
  engineName: EngineName,
  reconciliation: DokuReconciliationOptions,
  connection = urlOf(engineName),
) {
  const place = openNamespace(engineName);
  closers.push(place.remove);
  const { namespace } = place;
  const options = resolveDokuOptions({
    ...CREDENTIALS,
    baseUrl: 'http://127.0.0.1:1',
    notifications: {
      delivery: {
        durable: true,
        create: () => {
          throw new Error('not here');
        },
      },
    },
    reconciliation,
  });
  const settings = resolveBullMqOptions({ connection, namespace });
  const engine = createEngine(settings, options.environment);
  const queue = new IntentQueue(engine, options.reconciliation);
  await queue.opening.open();
  closers.push(async () => {
    await queue.opening.close();
    await engine.close();
  });
  const asked: { readonly intent: DokuPaymentIntent; readonly at: number }[] = [];
  return {
    queue,
    asked,
    references: () => asked.map(({ intent }) => intent.reference),
    serve: async (
      answer: (intent: DokuPaymentIntent) => IntentVerdict | Promise<IntentVerdict>,
    ): Promise<void> => {
      const worker = new IntentWorker(engine, { options });
      await worker.opening.open();
      closers.push(() => worker.stop(2_000));
      worker.start();
      worker.serve(async (intent) => {
        asked.push({ intent, at: Date.now() });
        return answer(intent);
      });
    },
    /** Jobs of any kind that are left. */
    left: async (): Promise<number> => {
      const counts = await queue.opening.current?.getJobCounts();
      return Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
    },
  };
}

for (const engine of ENGINES) {
  (await describeWith(engine))(`intents on ${engine}`, () => {
    it('are asked for when they are due, with growing gaps, until they are settled', async () => {
      const { queue, asked, serve, left } = await open(engine, { queryDelaysMs: [200, 400, 100] });
      const recorded = intentOf();
      const recordedAt = Date.now();
      await queue.record(recorded);
      await serve(() => {
        if (asked.length === 2) throw new Error('DOKU is not there');
        return asked.length < 4 ? 'open' : 'settled';
      });

      await eventually(async () => (await left()) === 0, SOON.withinMs);

      expect(asked.map(({ intent }) => intent)).toEqual([recorded, recorded, recorded, recorded]);
      const [first = 0, second = 0, third = 0, fourth = 0] = asked.map(({ at }) => at);
      expect(first - recordedAt).toBeGreaterThanOrEqual(195);
      // Each gap varies by a tenth; the last one repeats.
      expect(second - first).toBeGreaterThanOrEqual(355);
      expect(third - second).toBeGreaterThanOrEqual(85);
      expect(fourth - third).toBeGreaterThanOrEqual(85);
    }, 30_000);

    it('are recorded once, and the first stays until its own call forgets it', async () => {
      const { queue, references, asked, serve, left } = await open(engine, {
        queryDelaysMs: [300],
      });
      await queue.record(intentOf());
      await queue.record(intentOf({ call: 'call-2' }));
      expect(await left()).toBe(1);

      await queue.settle(intentOf(), 'call-2');
      expect(await left()).toBe(1);
      await queue.settle(intentOf(), 'call-1');
      expect(await left()).toBe(0);
      // What is over may begin anew.
      await queue.record(intentOf({ call: 'call-3' }));
      await serve(() => 'settled');
      await eventually(() => references().length === 1, SOON.withinMs);

      expect(asked[0]?.intent.call).toBe('call-3');
      await eventually(async () => (await left()) === 0, SOON.withinMs);
      await queue.record(intentOf({ call: 'call-4' }));
      await eventually(() => references().length === 2, SOON.withinMs);
    }, 30_000);

    it('differ by merchant, kind, reference and attempt', async () => {
      const { queue, left } = await open(engine, { queryDelaysMs: [60_000] });
      const all = [
        intentOf(),
        intentOf({ merchant: 'shop2' }),
        intentOf({ kind: 'refund', attempt: 'RFD-1' }),
        intentOf({ kind: 'refund', attempt: 'RFD-2' }),
        intentOf({ kind: 'cancellation' }),
        intentOf({ reference: '1001' }),
        intentOf({ reference: 'a:b' }),
      ];
      for (const intent of all) await queue.record(intent);
      expect(await left()).toBe(all.length);

      for (const intent of all) await queue.settle(intent);
      await queue.settle(intentOf({ reference: 'never recorded' }));

      expect(await left()).toBe(0);
    }, 30_000);

    it('are not asked for faster than allowed', async () => {
      const { queue, asked, serve } = await open(engine, {
        queryDelaysMs: [1],
        maxQueriesPerSecond: 2,
      });
      for (let i = 0; i < 7; i++) await queue.record(intentOf({ reference: `INV-${i}` }));

      await serve(() => 'settled');
      await eventually(() => asked.length === 7, SOON.withinMs);

      const times = asked.map(({ at }) => at).sort((a, b) => a - b);
      // Seven questions at two a second need four windows of a second, the first and last not whole.
      expect((times[6] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
    }, 30_000);

    it('are asked for a last time when they are to be given up', async () => {
      const { queue, asked, serve, left } = await open(engine, {
        queryDelaysMs: [50, 60_000],
        giveUpAfterMs: 600,
      });
      const intent = intentOf();
      await queue.record(intent);
      const isOver = () => Date.now() - Date.parse(intent.recordedAt) >= 600;

      await serve(() => (isOver() ? 'settled' : 'open'));
      await eventually(async () => asked.length > 1 && (await left()) === 0, SOON.withinMs);

      expect(asked.length).toBeLessThanOrEqual(4);
    }, 30_000);

    it('wait for a worker as long as there is none', async () => {
      const { queue, references, serve } = await open(engine, { queryDelaysMs: [1] });
      await queue.record(intentOf());
      await queue.record(intentOf({ reference: 'INV-2' }));
      expect(references()).toEqual([]);

      await serve(() => 'settled');

      await eventually(() => references().length === 2, SOON.withinMs);
    }, 30_000);

    it('that could not be recorded in time are taken back once the engine speaks again', async () => {
      const { queue, left, proxy } = await openSilent(engine, {});

      const began = performance.now();
      await expect(queue.record(intentOf())).rejects.toThrow(/no answer within 1500 ms/);

      expect(performance.now() - began).toBeLessThan(2_000);
      proxy.speak();
      await eventually(async () => (await left()) === 1, SOON.withinMs);
    }, 30_000);

    it('that could not be recorded in time stay where the call is sent all the same', async () => {
      const { queue, left, proxy } = await openSilent(engine, { bestEffort: true });

      await expect(queue.record(intentOf())).rejects.toThrow(/no answer within 1500 ms/);

      proxy.speak();
      await eventually(async () => (await left()) === 2, SOON.withinMs);
      // Behind whatever would take it back.
      await queue.settle(intentOf({ reference: 'INV-0' }));
      expect(await left()).toBe(1);
    }, 30_000);
  });
}

/** A queue that holds one intent, and whose engine has fallen silent. */
async function openSilent(engine: EngineName, more: DokuReconciliationOptions) {
  const proxy = await TcpProxy.start(urlOf(engine));
  closers.push(() => proxy.close());
  const opened = await open(engine, { queryDelaysMs: [60_000], ...more }, proxy.url);
  await opened.queue.record(intentOf({ reference: 'INV-0' }));
  proxy.silence();
  return { ...opened, proxy };
}
