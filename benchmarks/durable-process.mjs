// A process of an app with durable delivery: `receiver`, `worker` or `both`; without it: `inline`. Tells its port,
// and on demand what its listeners have seen.
import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';

import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DokuModule, OnDokuEvent } from 'nestjs-doku';
import { bullMqDelivery, DokuNotificationWorkerModule } from 'nestjs-doku/bullmq';

const { role, connection, namespace, workMs, concurrency, clientId, secretKey } = JSON.parse(
  process.argv[2],
);

/** When each event was done, and how long after its arrival; not kept where memory is measured. */
const seen = { count: 0, doneAt: [], lagsMs: [] };

class Orders {
  async markPaid({ receivedAt }) {
    if (workMs > 0) await delay(workMs);
    seen.count += 1;
    if (role === 'both' || role === 'inline') return;
    seen.doneAt.push(Date.now());
    seen.lagsMs.push(Date.now() - Date.parse(receivedAt));
  }
}
OnDokuEvent('payment.succeeded')(
  Orders.prototype,
  'markPaid',
  Object.getOwnPropertyDescriptor(Orders.prototype, 'markPaid'),
);

const options = {
  clientId,
  secretKey,
  notifications: {
    delivery: role === 'inline' ? 'inline' : durable(),
  },
};
const module = role === 'worker' ? DokuNotificationWorkerModule : DokuModule;
class App {}
Module({ imports: [module.forRoot(options)], providers: [Orders] })(App);

const port = role === 'worker' ? await work() : await listen();

process.on('message', (question) => {
  if (question === 'seen') process.send(seen);
  if (question === 'rss') {
    globalThis.gc?.();
    process.send({ count: seen.count, rssMb: process.memoryUsage().rss / 2 ** 20 });
  }
});
process.on('disconnect', () => {
  process.exit();
});
process.send({ port });

function durable() {
  return bullMqDelivery({
    connection,
    namespace,
    migrate: true,
    worker: role !== 'receiver',
    ...(concurrency === undefined ? {} : { concurrency }),
  });
}

async function work() {
  await NestFactory.createApplicationContext(App, { logger: false });
  return 0;
}

async function listen() {
  const app = await NestFactory.create(App, { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}
