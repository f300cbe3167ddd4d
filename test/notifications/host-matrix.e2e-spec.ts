import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  Body,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Injectable,
  type NestInterceptor,
  Post,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DokuEvent } from 'nestjs-doku';
import { DokuModule, OnDokuEvent } from 'nestjs-doku';
import { map } from 'rxjs';

import {
  type Answer,
  HostApp,
  type HostAppSetup,
  onEveryPlatform,
  PLATFORM_NAMES,
} from '../harness/host-app.js';
import { DOKU_KEYS, NON_SNAP, SCHEMES, SNAP, TOKEN_PATH } from '../harness/inbound-schemes.js';

@Injectable()
class Orders {
  static readonly paid: DokuEvent[] = [];

  @OnDokuEvent('payment.succeeded')
  markPaid(event: DokuEvent): void {
    Orders.paid.push(event);
  }
}

/** A route of the host itself: what the host does to its own requests must stay as it was. */
@Controller('echo')
class EchoController {
  @Post()
  echo(@Body() body: unknown): unknown {
    return { got: body };
  }
}

class DenyEverything implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('log in first');
  }
}

class WrapEverything implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler) {
    return next.handle().pipe(map((data: unknown) => ({ data, wrapped: true })));
  }
}

@Catch()
class TeapotFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    const response: { status(code: number): { send(body: object): void } } = host
      .switchToHttp()
      .getResponse();
    response.status(418).send({ teapot: true });
  }
}

interface Host {
  readonly name: string;
  readonly setup?: Partial<HostAppSetup>;
  /** Path that DOKU calls, by the one that it would call in a plain app. */
  readonly target?: (path: string) => string;
  /** Path at which the app sees the call, behind a proxy that strips a part. */
  readonly at?: (path: string) => string;
  /** What the host's own route answers. */
  readonly echo?: { path?: string; status?: number; body?: object };
}

const PATHS = [...SCHEMES.map(({ path }) => path), TOKEN_PATH];
const OWN_PATHS: Readonly<Record<string, string>> = {
  [NON_SNAP.path]: '/hooks/doku',
  [SNAP.path]: '/hooks/doku-snap',
  [TOKEN_PATH]: '/hooks/doku-token',
};

const HOSTS: Host[] = [
  { name: 'a plain app' },
  { name: 'rawBody: true', setup: { appOptions: { rawBody: true } } },
  { name: 'bodyParser: false', setup: { appOptions: { bodyParser: false } }, echo: {} },
  {
    name: 'a global prefix',
    setup: { configure: (app) => app.setGlobalPrefix('api') },
    target: (path) => `/api${path}`,
    echo: { path: '/api/echo' },
  },
  {
    name: 'a global prefix that excludes the route',
    setup: {
      configure: (app) =>
        app.setGlobalPrefix('api', {
          exclude: PATHS.map((path) => path.slice(1)),
        }),
    },
    echo: { path: '/api/echo' },
  },
  {
    name: 'URI versioning with a default version',
    setup: {
      configure: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    },
    echo: { path: '/v1/echo' },
  },
  {
    name: 'a global auth guard',
    setup: { configure: (app) => app.useGlobalGuards(new DenyEverything()) },
    echo: { status: 403, body: { statusCode: 403, message: 'log in first', error: 'Forbidden' } },
  },
  {
    name: 'a global ValidationPipe with forbidNonWhitelisted',
    setup: {
      configure: (app) =>
        app.useGlobalPipes(
          new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
        ),
    },
  },
  {
    name: 'a response-wrapping interceptor',
    setup: { configure: (app) => app.useGlobalInterceptors(new WrapEverything()) },
    echo: { body: { data: { got: { a: 1 } }, wrapped: true } },
  },
  {
    name: 'an exception filter',
    setup: {
      configure: (app) =>
        app.useGlobalGuards(new DenyEverything()).useGlobalFilters(new TeapotFilter()),
    },
    echo: { status: 418, body: { teapot: true } },
  },
  {
    name: 'everything at once',
    setup: {
      appOptions: { rawBody: true },
      configure: (app) =>
        app
          .setGlobalPrefix('api/shop')
          .enableVersioning({ type: VersioningType.URI, defaultVersion: '2' })
          .useGlobalGuards(new DenyEverything())
          .useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }))
          .useGlobalInterceptors(new WrapEverything())
          .useGlobalFilters(new TeapotFilter()),
    },
    target: (path) => `/api/shop${path}`,
    echo: { path: '/api/shop/v2/echo', status: 418, body: { teapot: true } },
  },
  {
    name: 'a path of its own',
    setup: {
      notifications: {
        paths: { nonSnap: 'hooks/doku', snap: 'hooks/doku-snap', token: 'hooks/doku-token' },
      },
    },
    target: (path) => OWN_PATHS[path] ?? path,
  },
  {
    name: 'a prefix of its own',
    setup: { notifications: { path: '/payments/' } },
    target: (path) => path.replace('/doku', '/payments'),
  },
  {
    name: 'a proxy that strips a base path',
    setup: { notifications: { publicBasePath: '/shop-a' } },
    target: (path) => `/shop-a${path}`,
    at: (path) => path,
  },
];

/** A route, called by DOKU and by somebody else. */
interface Route {
  readonly name: string;
  readonly path: string;
  readonly genuine: (host: HostApp, target: string, at: string) => Promise<Answer>;
  readonly forged: (host: HostApp, target: string, at: string) => Promise<Answer>;
  readonly accepted: string | RegExp;
  readonly events: number;
}

const ROUTES: Route[] = [
  ...SCHEMES.map((scheme) => ({
    name: `${scheme.name} notification route`,
    path: scheme.path,
    genuine: (host: HostApp, target: string, at: string) => host.notify({ target, at }, scheme),
    forged: (host: HostApp, target: string, at: string) =>
      host.notify({ target, at, secretKey: 'SK-forged-1' }, scheme),
    accepted: scheme.answers.accepted,
    events: 1,
  })),
  {
    name: 'token route',
    path: TOKEN_PATH,
    genuine: (host, _target, at) => host.askToken({ at }),
    forged: (host, _target, at) =>
      host.post(at, { 'X-CLIENT-KEY': 'MCH-9', 'X-TIMESTAMP': '2026-01-01T00:00:00Z' }, '{}'),
    accepted: /^\{"responseCode":"2007300",/,
    events: 0,
  },
];

const options = { dokuPublicKey: DOKU_KEYS.publicKey };

describe.each(onEveryPlatform(ROUTES))('the $of.name on $platform', ({ platform, of: route }) => {
  let host: HostApp | undefined;

  afterEach(async () => {
    await host?.close();
    Orders.paid.length = 0;
  });

  it.each(HOSTS)('works in a host with $name', async ({ setup, target, at, echo }) => {
    host = await HostApp.start({
      platform,
      options,
      providers: [Orders],
      controllers: [EchoController],
      ...setup,
    });
    const called = target?.(route.path) ?? route.path;
    const seen = at?.(route.path) ?? called;

    const answer = await route.genuine(host, called, seen);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(route.accepted);
    expect(Orders.paid).toHaveLength(route.events);
    expect((await route.forged(host, called, seen)).status).toBe(401);
    expect(Orders.paid).toHaveLength(route.events);
    // An app without body parser, on Fastify, refuses JSON; that is its own affair.
    if (setup?.appOptions?.bodyParser !== false) {
      const { path = '/echo', status = 201, body = { got: { a: 1 } } } = echo ?? {};
      const own = await host.post(path, { 'Content-Type': 'application/json' }, '{"a":1}');
      expect([own.status, JSON.parse(own.body)]).toEqual([status, body]);
    }
  });

  it('leaves other methods and other paths to the host', async () => {
    host = await HostApp.start({ platform, options, providers: [Orders] });
    const { path } = route;

    expect((await fetch(host.url + path)).status).toBe(404);
    expect((await route.genuine(host, path, `${path}/other`)).status).toBe(404);
    expect((await route.genuine(host, path, path.slice(0, -1))).status).toBe(404);
    expect((await route.genuine(host, path, `${path}//`)).status).toBe(404);
  });

  it('is not there with enabled: false', async () => {
    host = await HostApp.start({
      platform,
      options,
      providers: [Orders],
      notifications: { enabled: false },
    });

    expect((await route.genuine(host, route.path, route.path)).status).toBe(404);
    expect(host.logs.matching(/nothing listens|taken in/)).toEqual([]);
  });
});

describe.each(onEveryPlatform(SCHEMES))(
  'the $of.name notification route on $platform',
  ({ platform, of: scheme }) => {
    it('takes a trailing slash, signed as it was called', async () => {
      const host = await HostApp.start({ platform, providers: [Orders] });
      const slashed = `${scheme.path}/`;

      expect((await host.notify({ target: slashed }, scheme)).status).toBe(200);
      expect((await host.notify({ target: scheme.path, at: slashed }, scheme)).status).toBe(401);
      await host.close();
      Orders.paid.length = 0;
    });
  },
);

describe.each(PLATFORM_NAMES)('each route on %s', (platform) => {
  let host: HostApp | undefined;

  afterEach(async () => {
    await host?.close();
    Orders.paid.length = 0;
  });

  it('is named in the log at start', async () => {
    host = await HostApp.start({ platform, providers: [Orders] });
    const [line = ''] = host.logs.matching(/taken in/);
    for (const path of PATHS) expect(line).toContain(`POST ${path}`);
  });

  it('is served by one registration only', async () => {
    const second = DokuModule.forRoot({ clientId: 'MCH-2', secretKey: 'SK-second-222' });
    await expect(
      HostApp.start({ platform, providers: [Orders], imports: [second] }),
    ).rejects.toThrow(/registered twice.*isGlobal/);
    const onlySnapTwice = DokuModule.forRoot({
      clientId: 'MCH-2',
      secretKey: 'SK-second-222',
      notifications: { path: 'second', paths: { snap: SNAP.path } },
    });
    await expect(
      HostApp.start({ platform, providers: [Orders], imports: [onlySnapTwice] }),
    ).rejects.toThrow(/paths\.snap.*registered twice.*POST \/doku\/v1\.0\/debit\/notify/);
    const elsewhere = DokuModule.forRoot({
      clientId: 'MCH-2',
      secretKey: 'SK-second-222',
      notifications: { path: 'second' },
    });
    host = await HostApp.start({ platform, providers: [Orders], imports: [elsewhere] });
    expect((await host.notify()).status).toBe(200);
  });
});

describe('an Express app that parses bodies before anything else', () => {
  it('does not get in the way when its parser is added after the app was created', async () => {
    const host = await HostApp.start({
      platform: 'express',
      providers: [Orders],
      configure: (app) => (app as NestExpressApplication).useBodyParser('json', { limit: '5mb' }),
    });

    expect((await host.notify()).status).toBe(200);
    await host.close();
    Orders.paid.length = 0;
  });
});
