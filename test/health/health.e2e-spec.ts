import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { DokuAccessTokenService } from 'nestjs-doku';
import { DokuHealthIndicator } from 'nestjs-doku/health';

import { FakeDurableDelivery } from '../harness/fake-durable-delivery.js';
import { HostApp, type HostAppSetup, PLATFORM_NAMES } from '../harness/host-app.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly doku: DokuHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.doku.isHealthy()]);
  }

  @Get('impatient')
  @HealthCheck()
  checkImpatiently() {
    return this.health.check([() => this.doku.isHealthy('payments', { timeoutMs: 20 })]);
  }
}

@Module({
  imports: [TerminusModule],
  providers: [DokuHealthIndicator],
  controllers: [HealthController],
})
class HealthModule {}

describe('DokuHealthIndicator', () => {
  let host: HostApp;
  let gateway: SnapGateway | undefined;

  const start = async (setup: Partial<HostAppSetup> = {}) => {
    host = await HostApp.start({ platform: 'express', imports: [HealthModule], ...setup });
  };
  const startDurable = async (health?: FakeDurableDelivery['health']) => {
    const delivery = new FakeDurableDelivery();
    if (health) delivery.health = health;
    await start({ notifications: { delivery: delivery.option } });
  };
  const check = async (path = '/health') => {
    const response = await fetch(host.url + path);
    const body = (await response.json()) as { status: string; details: Record<string, unknown> };
    return { http: response.status, overall: body.status, details: body.details };
  };

  afterEach(async () => {
    await host.close();
    await gateway?.stop();
    gateway = undefined;
  });

  it.each(PLATFORM_NAMES)(
    'is up with inline delivery, which has no engine, on %s',
    async (platform) => {
      await start({ platform });
      expect(await check()).toEqual({
        http: 200,
        overall: 'ok',
        details: { doku: { status: 'up', state: 'ok', engine: 'inline', tokens: {} } },
      });
    },
  );

  it('tells how long the oldest event waits', async () => {
    await startDurable(() =>
      Promise.resolve({
        reachable: true,
        engine: 'postgresql',
        oldestWaitingMs: 1_500,
        deadLetters: 0,
      }),
    );
    expect(await check()).toEqual({
      http: 200,
      overall: 'ok',
      details: {
        doku: {
          status: 'up',
          state: 'ok',
          engine: 'postgresql',
          oldestWaitingMs: 1_500,
          deadLetters: 0,
          tokens: {},
        },
      },
    });
  });

  it('is up but degraded while there are dead letters', async () => {
    await startDurable(() =>
      Promise.resolve({ reachable: true, engine: 'redis', oldestWaitingMs: 0, deadLetters: 3 }),
    );
    expect(await check()).toMatchObject({
      http: 200,
      overall: 'ok',
      details: { doku: { status: 'up', state: 'degraded', deadLetters: 3 } },
    });
  });

  it('is down when the engine cannot be reached, and shows no password', async () => {
    await startDurable(() =>
      Promise.resolve({
        reachable: false,
        engine: 'redis',
        reason:
          'connect ECONNREFUSED redis://shop:pass/w@rd@10.0.0.7:6379 and postgres://u:secret@db',
      }),
    );
    expect(await check()).toEqual({
      http: 503,
      overall: 'error',
      details: {
        doku: {
          status: 'down',
          state: 'unreachable',
          engine: 'redis',
          reason:
            'connect ECONNREFUSED redis://[redacted]@10.0.0.7:6379 and postgres://[redacted]@db',
          tokens: {},
        },
      },
    });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('closed'))],
    [
      'throws',
      () => {
        throw new Error('closed');
      },
    ],
  ])('is down when the engine %s instead of answering', async (_how, health) => {
    await startDurable(health);
    expect(await check()).toMatchObject({
      http: 503,
      details: { doku: { status: 'down', engine: 'unknown', reason: 'Error: closed' } },
    });
  });

  it('is down when the engine does not answer in time, and has the name that it was given', async () => {
    await startDurable(() => new Promise(() => undefined));
    expect(await check('/health/impatient')).toMatchObject({
      http: 503,
      details: { payments: { status: 'down', reason: 'no answer within 20 ms' } },
    });
  });

  it('tells the age and the rest of the life of the tokens that this process has, and nothing else of them', async () => {
    gateway = await new SnapGateway().start();
    const second = {
      clientId: 'MCH-2',
      secretKey: 'SK-second-222',
      privateKey: MERCHANT_PRIVATE_KEY,
    };
    await start({
      options: {
        baseUrl: gateway.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        merchants: { second },
      },
    });
    const tokens = host.app.get(DokuAccessTokenService, { strict: false });
    const { accessToken } = await tokens.getB2bToken();
    await tokens.getB2b2cToken({ customer: { authCode: 'authcode-1' } });

    const { details } = await check();

    expect(details).toMatchObject({
      doku: { tokens: { default: { ageMs: expect.any(Number), remainingMs: expect.any(Number) } } },
    });
    const { tokens: told } = details.doku as {
      tokens: Record<string, { ageMs: number; remainingMs: number }>;
    };
    expect(Object.keys(told)).toEqual(['default']);
    const { ageMs = -1, remainingMs = -1 } = told.default ?? {};
    expect(ageMs + remainingMs).toBe(900_000);
    expect(ageMs).toBeGreaterThanOrEqual(0);
    expect(ageMs).toBeLessThan(10_000);
    expect(JSON.stringify(details)).not.toContain(accessToken);

    await tokens.invalidate();
    expect((await check()).details).toMatchObject({
      doku: { tokens: { default: { remainingMs: 0 } } },
    });
    // To look is not to use: no token was asked for.
    expect(gateway.b2bRequests).toHaveLength(1);
  });
});

describe('DokuHealthIndicator without DokuModule', () => {
  it('stops the start, and says what is missing', async () => {
    const moduleRef = await Test.createTestingModule({ imports: [HealthModule] }).compile();
    await expect(moduleRef.init()).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/^DokuModule: is missing.*Import DokuModule\.forRoot/),
    });
  });
});
