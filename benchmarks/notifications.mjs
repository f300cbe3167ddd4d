import { fork } from 'node:child_process';
import { once } from 'node:events';

import { Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DokuModule, OnDokuEvent } from 'nestjs-doku';

import { alternate, median } from './paired.mjs';

const COUNT = 2_000;
const ROUNDS = 9;
const clientId = 'MCH-0001-10791114622547';
const secretKey = 'SK-benchmark-0123456789';
const PATH = '/doku/notifications';

/** Applies decorators without decorator syntax, which plain JavaScript lacks. */
const decorate = (type, method, decorators, parameter) => {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, method);
  for (const decorator of decorators) decorator(type.prototype, method, descriptor);
  parameter?.(type.prototype, method, 0);
};

class Orders {
  paid = 0;
  markPaid() {
    this.paid += 1;
  }
}
decorate(Orders, 'markPaid', [OnDokuEvent('payment.succeeded')]);

class BareController {
  receive(request) {
    if (!Buffer.isBuffer(request.rawBody)) throw new Error('no raw body');
    return { status: 'OK' };
  }
}
Controller(PATH)(BareController);
decorate(BareController, 'receive', [Post(), HttpCode(200)], Req());

class BareModule {}
Module({ controllers: [BareController] })(BareModule);
class DokuApp {}
Module({ imports: [DokuModule.forRoot({ clientId, secretKey })], providers: [Orders] })(DokuApp);

async function listen(module, adapter) {
  const app = await NestFactory.create(module, adapter, { rawBody: true, logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Verified and delivered notifications per second over a bare controller with a raw body. */
export async function benchNotifications(platform) {
  const adapter = () => (platform === 'express' ? new ExpressAdapter() : new FastifyAdapter());
  const ours = await listen(DokuApp, adapter());
  const bare = await listen(BareModule, adapter());
  const sender = fork(new URL('./sender.mjs', import.meta.url), [clientId, secretKey]);
  const rate = async (app) => {
    sender.send({ port: app.getHttpServer().address().port, path: PATH, count: COUNT });
    const [perSecond] = await once(sender, 'message');
    return perSecond;
  };

  for (const app of [ours, bare, ours, bare]) await rate(app);
  const figures = await alternate(
    () => rate(ours),
    () => rate(bare),
    ROUNDS,
  );
  const delivered = ours.get(Orders).paid;
  sender.disconnect();
  await once(sender, 'exit');
  await ours.close();
  await bare.close();
  if (delivered !== COUNT * (ROUNDS + 2)) throw new Error(`only ${delivered} were delivered`);
  return {
    oursPerSecond: median(figures.ours),
    barePerSecond: median(figures.floor),
    ratio: median(figures.ours.map((rate, round) => rate / figures.floor[round])),
    control: median(figures.control.map((rate, round) => rate / figures.floor[round])),
  };
}
