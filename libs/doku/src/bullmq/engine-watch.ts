import { Logger } from '@nestjs/common';

import type { AlarmRegistry } from '../alarms/alarm.registry.js';
import type { Engine } from './engine.js';

const PROBE_EVERY_MS = 1_000;

/** Knows whether the engine takes events, tells when that changes, and looks for its return. */
export class EngineWatch {
  private readonly logger = new Logger('DokuDelivery');
  private downSince: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param probe resolves when the engine answers */
  constructor(
    private readonly engine: Engine,
    private readonly alarms: AlarmRegistry,
    private readonly probe: () => Promise<void>,
  ) {}

  /** The engine did not do what it was asked. */
  failed(reason: string): void {
    if (this.downSince !== undefined) return;
    this.downSince = Date.now();
    const { name: engine, address } = this.engine;
    this.logger.error(`${engine} at ${address} is not reachable: ${reason}; DOKU is answered 503`);
    this.alarms.raise({
      type: 'engine-unreachable',
      at: new Date().toISOString(),
      engine,
      reason,
    });
    this.probeLater();
  }

  /** The engine did what it was asked. */
  succeeded(): void {
    if (this.downSince === undefined) return;
    const downMs = Date.now() - this.downSince;
    this.stop();
    const { name: engine, address } = this.engine;
    this.logger.log(`${engine} at ${address} is reachable again, after ${downMs} ms`);
    this.alarms.raise({ type: 'engine-recovered', at: new Date().toISOString(), engine, downMs });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.downSince = undefined;
  }

  private probeLater(): void {
    this.timer = setTimeout(() => {
      this.probe().then(
        () => {
          this.succeeded();
        },
        () => {
          if (this.downSince !== undefined) this.probeLater();
        },
      );
    }, PROBE_EVERY_MS).unref();
  }
}
