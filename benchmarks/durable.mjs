// `npm run bench:durable`: durable delivery on both engines (`REDIS_URL`, `DATABASE_URL`), beside the engine's own
// queue in the same run. `-- --engine redis` for one of them, `-- --quick` with a tenth of the notifications.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { DurableApp, Sender } from './durable-app.mjs';
import { EngineNamespace } from '../tools/engine-namespace.mjs';
import { alternate, median } from './paired.mjs';

const { values } = parseArgs({
  options: { engine: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const share = values.quick ? 0.1 : 1;
const BATCH = 2_000 * share;
const ROUNDS = 5;
/** As many as the sender has connections. */
const CONCURRENCY = 32;
const LAG_RATE = 100;
const WORK_MS = 20;
/** So few that a process waits for its listeners rather than for one of two processors. */
const LISTENERS_AT_A_TIME = 2;
const MEMORY_COUNT = 100_000 * share;

const misses = [];
const sender = new Sender();
for (const engine of ['redis', 'postgresql']) {
  if (values.engine === undefined || values.engine === engine) await benchEngine(engine);
}
await sender.stop();
console.log(misses.length > 0 ? `missed: ${misses.join('; ')}` : 'every target is met');

async function benchEngine(engine) {
  await inNamespace(engine, benchAcceptance);
  await inNamespace(engine, benchPrice);
  await inNamespace(engine, benchLag);
  await benchWorkers(engine);
  await inNamespace(engine, benchMemory);
}

/** Verified and queued notifications per second, over bare adds per second. */
async function benchAcceptance(place) {
  const queue = place.bareQueue();
  await queue.waitUntilReady();
  const app = await DurableApp.start({ ...placeOf(place), role: 'receiver' });
  const accept = () => sender.send(app.port, BATCH);
  const add = () => addAll(queue, BATCH);
  for (const warmUp of [accept, add]) await warmUp();
  const figures = await alternate(accept, add, ROUNDS);
  await app.stop();
  await queue.close();
  const ratio = median(figures.ours.map((rate, round) => rate / figures.floor[round]));
  const control = median(figures.control.map((rate, round) => rate / figures.floor[round]));
  report(`${place.engine} accepted/s ÷ bare add/s`, ratio, {
    limit: 0.6,
    atLeast: true,
    detail: `${median(figures.ours).toFixed(0)}/s ÷ ${median(figures.floor).toFixed(0)}/s, A/A control ${control.toFixed(2)}`,
  });
}

/** What it costs to keep notifications, where both sides have HTTP and a signature to verify. */
async function benchPrice(place) {
  const app = await DurableApp.start({ ...placeOf(place), role: 'receiver' });
  const inline = await DurableApp.start({ ...placeOf(place), role: 'inline' });
  const accept = () => sender.send(app.port, BATCH);
  const answer = () => sender.send(inline.port, BATCH);
  for (const warmUp of [accept, answer]) await warmUp();
  const figures = await alternate(accept, answer, ROUNDS);
  await app.stop();
  await inline.stop();
  const ratio = median(figures.ours.map((rate, round) => rate / figures.floor[round]));
  console.log(
    `     ${place.engine} accepted/s ÷ answered/s with inline delivery: ${ratio.toFixed(2)} (${median(figures.ours).toFixed(0)}/s ÷ ${median(figures.floor).toFixed(0)}/s)`,
  );
}

/** From arrival to the end of the listener, at a rate that leaves nothing waiting. */
async function benchLag(place) {
  const receiver = await DurableApp.start({ ...placeOf(place), role: 'receiver' });
  const worker = await DurableApp.start({ ...placeOf(place), role: 'worker' });
  const count = LAG_RATE * 20 * share;
  await sender.send(receiver.port, count, { perSecond: LAG_RATE });
  const { lagsMs } = await untilSeen([worker], count);
  await worker.stop();
  await receiver.stop();
  const sorted = lagsMs.sort((a, b) => a - b);
  const percentile = (share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  console.log(
    `     ${place.engine} end-to-end lag at ${LAG_RATE}/s: p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`,
  );
}

/** What waits already, on 1, 2 and 4 worker processes. */
async function benchWorkers(engine) {
  const rates = {};
  for (const workers of [1, 2, 4]) {
    await inNamespace(engine, async (place) => {
      const count = 1_000 * workers * share;
      const receiver = await DurableApp.start({ ...placeOf(place), role: 'receiver' });
      await sender.send(receiver.port, count);
      await receiver.stop();
      const apps = await Promise.all(
        Array.from({ length: workers }, () =>
          DurableApp.start({
            ...placeOf(place),
            role: 'worker',
            workMs: WORK_MS,
            concurrency: LISTENERS_AT_A_TIME,
          }),
        ),
      );
      const { doneAt } = await untilSeen(apps, count);
      // Between the start of the last worker and the end of the first, all are at work: the middle half.
      const sorted = doneAt.sort((a, b) => a - b);
      const [from, to] = [sorted[Math.floor(count / 4)], sorted[Math.floor((count * 3) / 4)]];
      rates[workers] = (count / 2 / (to - from)) * 1_000;
      await Promise.all(apps.map((app) => app.stop()));
    });
  }
  report(`${engine} ${WORK_MS} ms listeners, 2 worker processes ÷ 1`, rates[2] / rates[1], {
    limit: 1.6,
    atLeast: true,
    detail: Object.entries(rates)
      .map(([workers, rate]) => `${workers}: ${rate.toFixed(0)}/s`)
      .join(', '),
  });
}

/** RSS of a process that takes in and works: the last tenth of the notifications minus the first. */
async function benchMemory(place) {
  const app = await DurableApp.start({ ...placeOf(place), role: 'both' });
  const tenths = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    await sender.send(app.port, MEMORY_COUNT / 10);
    const wanted = (MEMORY_COUNT / 10) * tenth;
    let answer = await app.ask('rss');
    while (answer.count < wanted) {
      await delay(100);
      answer = await app.ask('rss');
    }
    tenths.push(answer.rssMb);
  }
  await app.stop();
  report(
    `${place.engine} RSS over ${MEMORY_COUNT} notifications, last − first tenth, MB`,
    tenths[9] - tenths[0],
    {
      limit: 5,
      detail: tenths.map((mb) => mb.toFixed(0)).join(' '),
    },
  );
}

async function addAll(queue, count) {
  const data = { event: { id: randomUUID(), payload: 'x'.repeat(700) } };
  const started = performance.now();
  let left = count;
  const adder = async () => {
    while (left-- > 0) await queue.add('payment.succeeded', data, { jobId: `e-${randomUUID()}` });
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, adder));
  return count / ((performance.now() - started) / 1_000);
}

/** What the workers have seen, once it is so many together. */
async function untilSeen(apps, count) {
  for (;;) {
    const all = await Promise.all(apps.map((app) => app.ask('seen')));
    if (all.reduce((sum, each) => sum + each.count, 0) >= count) {
      return {
        doneAt: all.flatMap(({ doneAt }) => doneAt),
        lagsMs: all.flatMap(({ lagsMs }) => lagsMs),
      };
    }
    await delay(200);
  }
}

async function inNamespace(engine, measure) {
  const place = new EngineNamespace(engine);
  try {
    await measure(place);
  } finally {
    await place.remove();
  }
}

function placeOf({ connection, namespace }) {
  return { connection, namespace };
}

function report(name, value, { limit, atLeast = false, detail }) {
  const holds = atLeast ? value >= limit : value <= limit;
  if (!holds) misses.push(name);
  console.log(
    `${holds ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)} (target ${atLeast ? '≥' : '≤'} ${limit}) ${detail}`,
  );
}
