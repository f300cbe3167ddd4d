import type { DynamicModule, INestApplication, Provider, Type } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DokuModule, type DokuModuleOptions, type DokuNotificationOptions } from 'nestjs-doku';
import { type SignTokenRequestInput, signTokenRequest } from 'nestjs-doku/testing';

import {
  DOKU_KEYS,
  type InboundScheme,
  NON_SNAP,
  type NotificationInput,
  TOKEN_PATH,
} from './inbound-schemes.js';
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
  /** @defaultValue any free one */
  readonly port?: number;
  readonly options?: Partial<DokuModuleOptions>;
  readonly notifications?: DokuNotificationOptions;
  readonly providers?: readonly (Provider | Type)[];
  readonly controllers?: readonly Type[];
  readonly imports?: readonly (DynamicModule | Type)[];
  readonly appOptions?: { rawBody?: boolean; bodyParser?: boolean };
  /** What the host does to its app before it listens. */
  readonly configure?: (app: INestApplication) => void;
}

/** Every platform with every scheme, for `describe.each`. */
export function onEveryPlatform<Case extends { readonly name: string }>(
  cases: readonly Case[],
): { platform: keyof typeof PLATFORMS; of: Case }[] {
  return PLATFORM_NAMES.flatMap((platform) => cases.map((of) => ({ platform, of })));
}

/** Headers without one of them. */
export function without(
  headers: Readonly<Record<string, string>>,
  dropped: string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== dropped));
}

/** What DOKU is answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
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
    await app.listen(setup.port ?? 0, '127.0.0.1');
    return new HostApp(app, await app.getUrl(), logs);
  }

  /** Posts a notification as DOKU would, and gives back the status and the body of the answer. */
  async notify(
    input: Partial<NotificationInput> & { readonly at?: string } = {},
    scheme: InboundScheme = NON_SNAP,
  ): Promise<Answer> {
    const { at = input.target ?? scheme.path, ...rest } = input;
    const { body, headers } = scheme.sign({
      ...CREDENTIALS,
      payload: scheme.payment(),
      target: scheme.path,
      ...rest,
    });
    return this.post(at, headers, body);
  }

  /** Asks for a token as DOKU would. */
  async askToken(
    input: Partial<SignTokenRequestInput> & { readonly at?: string } = {},
  ): Promise<Answer & { readonly headers: Headers; readonly token: string }> {
    const { at = TOKEN_PATH, ...rest } = input;
    const { headers, body } = signTokenRequest({
      clientId: CREDENTIALS.clientId,
      privateKey: DOKU_KEYS.privateKey,
      ...rest,
    });
    const response = await fetch(this.url + at, { method: 'POST', headers, body });
    const text = await response.text();
    const token = /"accessToken":"([^"]*)"/.exec(text)?.[1] ?? '';
    return { status: response.status, body: text, headers: response.headers, token };
  }

  async post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<Answer> {
    const response = await fetch(this.url + path, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
