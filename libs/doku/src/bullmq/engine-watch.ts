import { Logger } from '@nestjs/common';

import type { AlarmRegistry } from '../alarms/alarm.registry.js';
import type { Engine } from './engine.js';

const PROBE_EVERY_MS = 1_000;
/** How long it has to answer without a failure before it counts as back: a slow one does both by turns. */
const CALM_MS = 5_000;

/** Knows whether the engine takes events, tells when that changes, and looks for its return. */
export class EngineWatch {
  private readonly logger = new Logger('DokuDelivery');
  private downSince: number | undefined;
  private answersSince: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /** @param probe resolves when the engine answers */
  constructor(
    private readonly engine: Engine,
    private readonly alarms: AlarmRegistry,
    private readonly probe: () => Promise<void>,
  ) {}

  /** The engine did not do what it was asked. */
  failed(reason: string): void {
    this.answersSince = undefined;
    if (this.downSince !== undefined || this.isStopped) return;
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
    this.answersSince ??= Date.now();
    if (Date.now() - this.answersSince < CALM_MS) return;
    const downMs = this.answersSince - this.downSince;
    this.forget();
    const { name: engine, address } = this.engine;
    this.logger.log(`${engine} at ${address} is reachable again, after ${downMs} ms`);
    this.alarms.raise({ type: 'engine-recovered', at: new Date().toISOString(), engine, downMs });
  }

  /** Says nothing any more. */
  stop(): void {
    this.isStopped = true;
    this.forget();
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.downSince = undefined;
    this.answersSince = undefined;
  }

  private probeLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), PROBE_EVERY_MS).unref();
  }

  private async look(): Promise<void> {
    try {
      await this.probe();
      this.succeeded();
    } catch {
      this.answersSince = undefined;
    }
    if (this.downSince !== undefined) this.probeLater();
  }
}
