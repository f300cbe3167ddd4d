import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { ReceiverSetup } from './setup.js';

/** Nest's log buries the figures; `CRASH_LOG=1` shows it. */
export const LOGGER = process.env.CRASH_LOG === '1' ? undefined : (false as const);

/** The root module of a process, made when its setup is known. */
@Module({})
export class HostModule {}

/** Starts an HTTP app as a host would. */
export async function listen(
  module: DynamicModule,
  { platform, port }: Pick<ReceiverSetup, 'platform' | 'port'>,
): Promise<INestApplication> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(module, adapter, {
    ...(LOGGER === false && { logger: LOGGER }),
  });
  app.enableShutdownHooks();
  await app.listen(port, '127.0.0.1');
  return app;
}
