import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

const WORK_MS = 20;

/** The counter-example: lets DOKU be answered at once, and works afterwards, in memory. */
@Injectable()
export class MemoryListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded')
  accept(event: DokuEvent): void {
    void this.work(event);
  }

  private async work(event: DokuEvent): Promise<void> {
    await delay(WORK_MS);
    await this.effects.report('work', event);
  }
}
