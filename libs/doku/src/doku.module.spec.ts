import 'reflect-metadata';

import { describe, expect, it, jest } from '@jest/globals';
import { HttpModule, HttpService } from '@nestjs/axios';
import { Injectable, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { CimbDirectDebitService, DokuClient, DokuModule, DokuOrderService } from './index.js';
import type { DokuModuleOptions, DokuOptionsFactory } from './index.js';

const credentials = { clientId: 'MCH-0001', secretKey: 'SK-unit-test-0001' };

const compile = (
  ...imports: NonNullable<Parameters<typeof Test.createTestingModule>[0]['imports']>
) => Test.createTestingModule({ imports }).compile();

describe('DokuModule', () => {
  it('gives the services to the module that imports it', async () => {
    @Injectable()
    class Shop {
      constructor(
        readonly cimb: CimbDirectDebitService,
        readonly orders: DokuOrderService,
        readonly client: DokuClient,
      ) {}
    }
    @Module({ imports: [DokuModule.forRoot(credentials)], providers: [Shop] })
    class ShopModule {}

    const moduleRef = await compile(ShopModule);

    expect(moduleRef.get(Shop, { strict: false }).cimb).toBeInstanceOf(CimbDirectDebitService);
  });

  it('gives them to every module with isGlobal, and to no other without', async () => {
    @Injectable()
    class Elsewhere {
      constructor(readonly orders: DokuOrderService) {}
    }
    @Module({ providers: [Elsewhere] })
    class ElsewhereModule {}

    const shared = await compile(
      DokuModule.forRoot({ ...credentials, isGlobal: true }),
      ElsewhereModule,
    );

    expect(shared.get(Elsewhere, { strict: false }).orders).toBeInstanceOf(DokuOrderService);
    await expect(compile(DokuModule.forRoot(credentials), ElsewhereModule)).rejects.toThrow(
      /DokuOrderService/,
    );
  });

  it('starts in an application context, such as that of a worker without HTTP', async () => {
    @Module({ imports: [DokuModule.forRoot(credentials)] })
    class WorkerModule {}
    const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
    expect(worker.get(DokuClient)).toBeInstanceOf(DokuClient);
    await worker.close();
  });

  it('asks an options factory once', async () => {
    const useFactory = jest.fn(() => Promise.resolve(credentials));

    const moduleRef = await compile(DokuModule.forRootAsync({ useFactory }));

    expect(moduleRef.get(DokuClient, { strict: false })).toBeInstanceOf(DokuClient);
    expect(useFactory).toHaveBeenCalledTimes(1);
  });

  it('takes its options from ConfigModule, useClass and useExisting alike', async () => {
    @Injectable()
    class DokuOptions implements DokuOptionsFactory {
      createDokuOptions(): DokuModuleOptions {
        return credentials;
      }
    }
    @Module({ providers: [DokuOptions], exports: [DokuOptions] })
    class OptionsModule {}

    const modules = await Promise.all([
      compile(
        DokuModule.forRootAsync({
          imports: [
            ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ doku: credentials })] }),
          ],
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<DokuModuleOptions>('doku'),
        }),
      ),
      compile(DokuModule.forRootAsync({ useClass: DokuOptions })),
      compile(DokuModule.forRootAsync({ imports: [OptionsModule], useExisting: DokuOptions })),
    ]);

    for (const moduleRef of modules) {
      expect(moduleRef.get(DokuClient, { strict: false })).toBeInstanceOf(DokuClient);
    }
  });

  it.each([
    ['forRoot', () => DokuModule.forRoot({ ...credentials, secretKey: 'changeme' })],
    [
      'forRootAsync',
      () =>
        DokuModule.forRootAsync({ useFactory: () => ({ ...credentials, secretKey: 'changeme' }) }),
    ],
  ])('does not start with a wrong option given to %s', async (_form, register) => {
    await expect(compile(register())).rejects.toThrow(/secretKey: is still a placeholder/);
  });

  it('names the option when the path of an operation is wrong', async () => {
    const channels = { cimbDirectDebit: { paths: { registerCard: 'https://evil.example/' } } };
    await expect(compile(DokuModule.forRoot({ ...credentials, channels }))).rejects.toThrow(
      /channels\.cimbDirectDebit\.paths\.registerCard/,
    );
    const unknown = { cimbDirectDebit: { paths: { register: '/x' } } } as object;
    await expect(
      compile(DokuModule.forRoot({ ...credentials, channels: unknown })),
    ).rejects.toThrow(/Use one of registerCard, listTokens/);
  });

  it('leaves the HttpService of the app alone', async () => {
    @Injectable()
    class Weather {
      constructor(readonly http: HttpService) {}
    }
    @Module({ imports: [HttpModule, DokuModule.forRoot(credentials)], providers: [Weather] })
    class WeatherModule {}

    const moduleRef = await compile(WeatherModule);

    const ofTheApp = moduleRef.get(Weather, { strict: false }).http.axiosRef;
    const count = (handlers: object) => {
      let handler = 0;
      (handlers as { forEach(visit: () => void): void }).forEach(() => (handler += 1));
      return handler;
    };
    expect(count(ofTheApp.interceptors.request)).toBe(0);
    expect(ofTheApp.defaults.maxRedirects).not.toBe(0);
  });
});
