import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { DOKU_HEALTH, type DokuHealthReport, type HealthReporting } from './health-report.js';

/** Longest wait in milliseconds for the engine, unless told otherwise. */
const PATIENCE_MS = 2_000;

type DokuHealthResult<Key extends string> = HealthIndicatorResult<
  Key,
  'up' | 'down',
  DokuHealthReport
>;

/**
 * Tells `@nestjs/terminus` how the library is doing: provide it in a module that imports `TerminusModule`.
 *
 * `down` only when the engine of the durable delivery does not answer. Dead letters are `up` with
 * `state: 'degraded'`: to take the app out of service would not mend them.
 */
@Injectable()
export class DokuHealthIndicator implements OnModuleInit {
  /** @internal Made by Nest. */
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly moduleRef: ModuleRef,
  ) {}

  /**
   * Called by Nest.
   *
   * @throws DokuConfigurationError when the app has no `DokuModule`
   */
  onModuleInit(): void {
    try {
      this.reporting();
    } catch {
      throw new DokuConfigurationError(
        'is missing, and DokuHealthIndicator tells of it',
        'DokuModule',
        'Import DokuModule.forRoot({ … }) somewhere in this app.',
      );
    }
  }

  /**
   * For `HealthCheckService.check`: `() => doku.isHealthy()`.
   *
   * @param key name in the answer
   * @param options `timeoutMs`: after so many milliseconds (2000) an engine that does not answer is down
   */
  isHealthy(): Promise<DokuHealthResult<'doku'>>;
  isHealthy<Key extends string>(
    key: Key,
    options?: { readonly timeoutMs?: number },
  ): Promise<DokuHealthResult<Key>>;
  async isHealthy(
    key = 'doku',
    options: { readonly timeoutMs?: number } = {},
  ): Promise<DokuHealthResult<string>> {
    const report = await this.reporting().report(options.timeoutMs ?? PATIENCE_MS);
    const indicator = this.indicators.check(key);
    return report.state === 'unreachable'
      ? indicator.down({ ...report })
      : indicator.up({ ...report });
  }

  /** Wherever it is in the app: a module that is not global could not be imported a second time. */
  private reporting(): HealthReporting {
    return this.moduleRef.get<HealthReporting>(DOKU_HEALTH, { strict: false });
  }
}
