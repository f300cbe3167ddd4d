import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

const WORK_MS = 20;

/** Works before and after its effect, so that kills come at any point of it. */
@Injectable()
export class WorkListener {
  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded', { name: 'work' })
  async work(event: DokuEvent): Promise<void> {
    await delay(WORK_MS / 2);
    await this.effects.report('work', event);
    await delay(WORK_MS / 2);
  }
}
