/**
 * A process of the app that shares its tokens over Redis. Told `{ calls }`, it makes so many calls at once,
 * and tells how many failed.
 */
import { createPrivateKey } from 'node:crypto';

import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DokuClient, DokuModule, type DokuOperation } from 'nestjs-doku';
import { redisTokenStore } from 'nestjs-doku/redis';

const { BASE_URL, CLIENT_ID, SECRET_KEY, PRIVATE_KEY, REDIS_URL = '' } = process.env;

const STATUS: DokuOperation = {
  name: 'snap.checkStatus',
  method: 'POST',
  path: '/orders/v1.0/debit/status',
  scheme: 'snap',
  headers: { ipAddress: 'never', deviceId: 'never' },
  // Not a read, so that no repeat hides a failure.
  effect: 'once',
};

const redis = new Redis(REDIS_URL);

@Module({
  imports: [
    DokuModule.forRoot({
      clientId: CLIENT_ID ?? '',
      secretKey: SECRET_KEY ?? '',
      baseUrl: BASE_URL ?? '',
      privateKey: createPrivateKey(PRIVATE_KEY ?? ''),
      tokens: { store: redisTokenStore(redis) },
    }),
  ],
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const client = app.get(DokuClient);

process.on('message', ({ calls }: { calls: number }) => {
  void makeCalls(calls);
});
process.on('disconnect', () => {
  void app.close().then(() => redis.quit());
});
process.send?.({ ready: true });

async function makeCalls(calls: number): Promise<void> {
  const request = {
    originalPartnerReferenceNo: 'UNKNOWN0000000000000000000000001',
    serviceCode: '55',
    additionalInfo: { channel: 'DIRECT_DEBIT_ALLO_SNAP' },
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: calls }, () => client.request(STATUS, request)),
  );
  const failures = outcomes.flatMap((each) => {
    if (each.status === 'fulfilled') return [];
    const { code, responseCode, message } = each.reason as Record<string, string>;
    // That DOKU does not know the payment is an answer to a call that it let in.
    return responseCode === '4045501' ? [] : [`${code} ${responseCode} ${message}`];
  });
  process.send?.({ failures });
}
