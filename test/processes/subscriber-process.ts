/**
 * A process with a subscriber that throws on every channel of a notification. Takes in one notification, and
 * tells what DOKU was answered, which listeners ran, and what came up as uncaught.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { AddressInfo } from 'node:net';

import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DokuModule, OnDokuEvent } from 'nestjs-doku';
import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

const CREDENTIALS = { clientId: 'MCH-1', secretKey: 'SK-subscriber-process' };
const PATH = '/doku/notifications';
const heard: string[] = [];
const uncaught: string[] = [];

@Injectable()
class Orders {
  @OnDokuEvent('payment.succeeded')
  markPaid({ type }: { readonly type: string }): void {
    heard.push(type);
  }
}

@Module({ imports: [DokuModule.forRoot(CREDENTIALS)], providers: [Orders] })
class AppModule {}

process.on('uncaughtException', (error) => uncaught.push(error.message));
for (const channel of ['listener.delivered', 'notification.accepted']) {
  subscribe(`nestjs-doku:${channel}`, () => {
    throw new Error(`no metrics for ${channel}`);
  });
}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
const { body, headers } = signDokuNotification({
  ...CREDENTIALS,
  target: PATH,
  payload: dokuNotificationFixtures.paymentSucceeded(),
});
const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, {
  method: 'POST',
  headers,
  body,
});
await app.close();
process.send?.({ status, heard, uncaught });
process.disconnect();
