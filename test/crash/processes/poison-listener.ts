import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

/** Is killed by some events. */
@Injectable()
export class PoisonListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded', { name: 'poison' })
  async work(event: DokuEvent): Promise<void> {
    await this.effects.report('poison', event);
    if (event.reference?.startsWith('POISON')) process.kill(process.pid, 'SIGKILL');
  }
}
