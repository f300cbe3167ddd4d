import { Injectable } from '@nestjs/common';
import { DeadLetterError, type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { EffectReporter } from './effect-reporter.js';

const NON_ERRORS: readonly unknown[] = ['a text', null, undefined, 42, { an: 'object' }];

/** Every way to fail, side by side with one that does not. */
@Injectable()
export class BrokenListeners {
  private readonly runs = new Map<string, number>();

  constructor(private readonly effects: EffectReporter) {}

  @OnDokuEvent('payment.succeeded', { name: 'steady' })
  async steady(event: DokuEvent): Promise<void> {
    await this.effects.report('steady', event);
  }

  @OnDokuEvent('payment.succeeded', { name: 'fails-once' })
  async failsOnce(event: DokuEvent): Promise<void> {
    await this.effects.report('fails-once', event);
    if (this.runsOf('fails-once', event) <= 1) throw new Error('the first time');
  }

  @OnDokuEvent('payment.succeeded', { name: 'fails-5-times' })
  async failsFiveTimes(event: DokuEvent): Promise<void> {
    await this.effects.report('fails-5-times', event);
    if (this.runsOf('fails-5-times', event) <= 5) throw new Error('one of the first five times');
  }

  @OnDokuEvent('payment.succeeded', { name: 'fails-always' })
  async failsAlways(event: DokuEvent): Promise<void> {
    await this.effects.report('fails-always', event);
    throw new Error('every time');
  }

  @OnDokuEvent('payment.succeeded', { name: 'throws-non-errors' })
  async throwsNonErrors(event: DokuEvent): Promise<void> {
    await this.effects.report('throws-non-errors', event);
    const runs = this.runsOf('throws-non-errors', event);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what this listener is for
    if (runs <= NON_ERRORS.length) throw NON_ERRORS[runs - 1];
  }

  @OnDokuEvent('payment.succeeded', { name: 'never-settles' })
  async neverSettles(event: DokuEvent): Promise<void> {
    await this.effects.report('never-settles', event);
    await new Promise(() => undefined);
  }

  @OnDokuEvent('payment.succeeded', { name: 'gives-up' })
  async givesUp(event: DokuEvent): Promise<void> {
    await this.effects.report('gives-up', event);
    throw new DeadLetterError('nobody knows this order');
  }

  private runsOf(listener: string, event: DokuEvent): number {
    const key = `${listener} ${event.id}`;
    const runs = (this.runs.get(key) ?? 0) + 1;
    this.runs.set(key, runs);
    return runs;
  }
}
