import { type DynamicModule, Module } from '@nestjs/common';

import { DokuModule } from '../doku.module.js';
import { IS_WORKER_APP } from '../notifications/delivery.providers.js';
import type {
  DokuModuleAsyncOptions,
  DokuModuleExtras,
  DokuModuleOptions,
} from '../options/doku-module-options.js';

/**
 * `DokuModule` for a worker app: takes the same options, serves no routes, and brings queued events to its
 * listeners. Every worker app needs the same listeners as the others.
 */
@Module({})
export class DokuNotificationWorkerModule {
  /** @throws DokuConfigurationError while the app starts, naming the option and what to change */
  static forRoot(options: DokuModuleOptions & DokuModuleExtras): DynamicModule {
    return asWorker(DokuModule.forRoot(options));
  }

  /** As `forRoot`, with options from a factory or a class. */
  static forRootAsync(options: DokuModuleAsyncOptions): DynamicModule {
    return asWorker(DokuModule.forRootAsync(options));
  }
}

function asWorker(module: DynamicModule): DynamicModule {
  return {
    ...module,
    providers: [...(module.providers ?? []), { provide: IS_WORKER_APP, useValue: true }],
  };
}
