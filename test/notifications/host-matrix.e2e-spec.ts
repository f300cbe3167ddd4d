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

import { HostApp, type HostAppSetup, PLATFORM_NAMES } from '../harness/host-app.js';

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
  /** Path that DOKU calls. */
  readonly target?: string;
  /** Path at which the app sees the call, behind a proxy that strips a part. */
  readonly at?: string;
  /** What the host's own route answers. */
  readonly echo?: { path?: string; status?: number; body?: object };
}

const HOSTS: Host[] = [
  { name: 'a plain app' },
  { name: 'rawBody: true', setup: { appOptions: { rawBody: true } } },
  { name: 'bodyParser: false', setup: { appOptions: { bodyParser: false } }, echo: {} },
  {
    name: 'a global prefix',
    setup: { configure: (app) => app.setGlobalPrefix('api') },
    target: '/api/doku/notifications',
    echo: { path: '/api/echo' },
  },
  {
    name: 'a global prefix that excludes the route',
    setup: {
      configure: (app) => app.setGlobalPrefix('api', { exclude: ['doku/notifications'] }),
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
    target: '/api/shop/doku/notifications',
    echo: { path: '/api/shop/v2/echo', status: 418, body: { teapot: true } },
  },
  {
    name: 'a path of its own',
    setup: { notifications: { paths: { nonSnap: 'hooks/doku' } } },
    target: '/hooks/doku',
  },
  {
    name: 'a prefix of its own',
    setup: { notifications: { path: '/payments/' } },
    target: '/payments/notifications',
  },
  {
    name: 'a proxy that strips a base path',
    setup: { notifications: { publicBasePath: '/shop-a' } },
    target: '/shop-a/doku/notifications',
    at: '/doku/notifications',
  },
];

describe.each(PLATFORM_NAMES)('the notification route on %s', (platform) => {
  let host: HostApp | undefined;

  afterEach(async () => {
    await host?.close();
    Orders.paid.length = 0;
  });

  it.each(HOSTS)(
    'works in a host with $name',
    async ({ setup, target = '/doku/notifications', at, echo }) => {
      host = await HostApp.start({
        platform,
        providers: [Orders],
        controllers: [EchoController],
        ...setup,
      });

      expect(await host.notify({ target, at: at ?? target })).toEqual({
        status: 200,
        body: '{"status":"OK"}',
      });
      expect(Orders.paid).toHaveLength(1);
      const forged = await host.notify({ target, at: at ?? target, secretKey: 'SK-forged-1' });
      expect(forged.status).toBe(401);
      expect(Orders.paid).toHaveLength(1);
      // An app without body parser, on Fastify, refuses JSON; that is its own affair.
      if (setup?.appOptions?.bodyParser !== false) {
        const { path = '/echo', status = 201, body = { got: { a: 1 } } } = echo ?? {};
        const own = await host.post(path, { 'Content-Type': 'application/json' }, '{"a":1}');
        expect([own.status, JSON.parse(own.body)]).toEqual([status, body]);
      }
    },
  );

  it('leaves other methods and other paths to the host', async () => {
    host = await HostApp.start({ platform, providers: [Orders] });

    expect((await fetch(`${host.url}/doku/notifications`)).status).toBe(404);
    expect((await host.notify({ at: '/doku/notifications/other' })).status).toBe(404);
    expect((await host.notify({ at: '/doku/notification' })).status).toBe(404);
  });

  it('is not there with enabled: false', async () => {
    host = await HostApp.start({
      platform,
      providers: [Orders],
      notifications: { enabled: false },
    });

    expect((await host.notify()).status).toBe(404);
    expect(host.logs.matching(/nothing listens/)).toEqual([]);
  });

  it('is served by one registration only', async () => {
    const second = DokuModule.forRoot({ clientId: 'MCH-2', secretKey: 'SK-second-222' });
    await expect(
      HostApp.start({ platform, providers: [Orders], imports: [second] }),
    ).rejects.toThrow(/registered twice.*isGlobal/);
    const elsewhere = DokuModule.forRoot({
      clientId: 'MCH-2',
      secretKey: 'SK-second-222',
      notifications: { path: 'second' },
    });
    host = await HostApp.start({ platform, providers: [Orders], imports: [elsewhere] });
    expect((await host.notify()).status).toBe(200);
  });

  it('takes a trailing slash, signed as it was called', async () => {
    host = await HostApp.start({ platform, providers: [Orders] });

    expect((await host.notify({ target: '/doku/notifications/' })).status).toBe(200);
    expect(
      (await host.notify({ target: '/doku/notifications', at: '/doku/notifications/' })).status,
    ).toBe(401);
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
