import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

/** Takes jobs, tells so, and never ends: until its process is killed. */
@Injectable()
export class HoldingListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded', { name: 'work' })
  async hold(event: DokuEvent): Promise<void> {
    await this.effects.report('held', event);
    await new Promise(() => undefined);
  }
}
