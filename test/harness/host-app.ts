import type { DynamicModule, INestApplication, Provider, Type } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DokuModule, type DokuModuleOptions, type DokuNotificationOptions } from 'nestjs-doku';
import {
  dokuNotificationFixtures,
  type SignDokuNotificationInput,
  signDokuNotification,
} from 'nestjs-doku/testing';

import { CREDENTIALS, LogLines } from './library.js';

/** The two HTTP platforms of Nest. */
export const PLATFORMS = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter(),
} as const;

/** Names of the two platforms, for `describe.each`. */
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as (keyof typeof PLATFORMS)[];

export interface HostAppSetup {
  readonly platform: keyof typeof PLATFORMS;
  readonly options?: Partial<DokuModuleOptions>;
  readonly notifications?: DokuNotificationOptions;
  readonly providers?: readonly (Provider | Type)[];
  readonly controllers?: readonly Type[];
  readonly imports?: readonly (DynamicModule | Type)[];
  readonly appOptions?: { rawBody?: boolean; bodyParser?: boolean };
  /** What the host does to its app before it listens. */
  readonly configure?: (app: INestApplication) => void;
}

/** A host app that has the library, listening on loopback. */
export class HostApp {
  private constructor(
    readonly app: INestApplication,
    readonly url: string,
    readonly logs: LogLines,
  ) {}

  static async start(setup: HostAppSetup): Promise<HostApp> {
    const logs = new LogLines();
    const moduleRef = await Test.createTestingModule({
      imports: [
        EventEmitterModule.forRoot(),
        DokuModule.forRoot({
          ...CREDENTIALS,
          ...setup.options,
          ...(setup.notifications ? { notifications: setup.notifications } : {}),
        }),
        ...(setup.imports ?? []),
      ],
      providers: [...(setup.providers ?? [])],
      controllers: [...(setup.controllers ?? [])],
    })
      .setLogger(logs)
      .compile();
    const app = moduleRef.createNestApplication(PLATFORMS[setup.platform](), {
      logger: logs,
      forceCloseConnections: true,
      ...setup.appOptions,
    });
    setup.configure?.(app);
    await app.listen(0, '127.0.0.1');
    return new HostApp(app, await app.getUrl(), logs);
  }

  /** Posts a notification as DOKU would, and gives back the status and the body of the answer. */
  async notify(
    input: Partial<SignDokuNotificationInput> & { readonly at?: string } = {},
  ): Promise<{ status: number; body: string }> {
    const { body, headers } = signDokuNotification({
      ...CREDENTIALS,
      payload: dokuNotificationFixtures.paymentSucceeded(),
      ...input,
    });
    return this.post(input.at ?? input.target ?? '/doku/notifications', headers, body);
  }

  async post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number; body: string }> {
    const response = await fetch(this.url + path, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
