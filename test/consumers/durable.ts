// Copied into each consumer app once it has the optional peers: what a shop adds for durable delivery.
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { type INestApplication, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { type DokuEvent, DokuModule, OnDokuEvent } from 'nestjs-doku';
import { bullMqDelivery } from 'nestjs-doku/bullmq';
import { DokuHealthIndicator } from 'nestjs-doku/health';
import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

const credentials = { clientId: 'MCH-CONSUMER', secretKey: 'SK-of-the-consumer-0123456789' };
const HEARD_WITHIN_MS = 10_000;

@Injectable()
class Orders {
  readonly references: string[] = [];

  @OnDokuEvent('payment.*', { name: 'orders' })
  hear({ reference }: DokuEvent): void {
    this.references.push(reference ?? '');
  }
}

/** Sends one notification twice. */
async function deliver(connection: string, namespace: string): Promise<object> {
  const delivery = bullMqDelivery({ connection, namespace, migrate: true });
  @Module({
    imports: [TerminusModule, DokuModule.forRoot({ ...credentials, notifications: { delivery } })],
    providers: [Orders, DokuHealthIndicator],
  })
  class AppModule {}
  const app = await NestFactory.create<INestApplication<Server>>(AppModule, { logger: ['error'] });
  try {
    await app.listen(0, '127.0.0.1');
    const statuses = [await notify(app), await notify(app)];
    const { references } = app.get(Orders);
    const deadline = Date.now() + HEARD_WITHIN_MS;
    while (references.length === 0 && Date.now() < deadline) await delay(20);
    const { doku } = await app.get(DokuHealthIndicator).isHealthy();
    return { statuses, references, health: doku.status, engine: doku.engine };
  } finally {
    await app.close();
  }
}

async function notify(app: INestApplication<Server>): Promise<number> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const payload = dokuNotificationFixtures.paymentSucceeded({
    invoiceNumber: 'INV-DURABLE',
    originalRequestId: 'a',
  });
  const { body, headers } = signDokuNotification({ ...credentials, payload });
  const url = `http://127.0.0.1:${port}/doku/notifications`;
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}

async function main([connection = '', namespace = '']: readonly string[]): Promise<void> {
  console.log(JSON.stringify(await deliver(connection, namespace)));
}

void main(process.argv.slice(2));
