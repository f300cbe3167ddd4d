import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

/** What kills the process that works on it. */
export const POISON = /^POISON/;

@Injectable()
export class PoisonListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded', { name: 'poison' })
  async work(event: DokuEvent): Promise<void> {
    await this.effects.report('poison', event);
    if (POISON.test(event.reference ?? '')) process.kill(process.pid, 'SIGKILL');
  }
}
