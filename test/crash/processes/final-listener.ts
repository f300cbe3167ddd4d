import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

/** Keeps how each payment ended, under the type of its event. */
@Injectable()
export class FinalListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.*', { name: 'final' })
  keep(event: DokuEvent): Promise<void> {
    return this.effects.report(event.type, event);
  }
}
