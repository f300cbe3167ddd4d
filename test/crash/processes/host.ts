import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';

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
  const app = await NestFactory.create(module, await adapterOf(platform), {
    ...(LOGGER === false && { logger: LOGGER }),
  });
  app.enableShutdownHooks();
  await app.listen(port, '127.0.0.1');
  return app;
}

/** Only the one that is used is loaded: processes are started all the time. */
async function adapterOf(platform: ReceiverSetup['platform']): Promise<AbstractHttpAdapter> {
  if (platform === 'express') {
    const { ExpressAdapter } = await import('@nestjs/platform-express');
    return new ExpressAdapter();
  }
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return new FastifyAdapter();
}
