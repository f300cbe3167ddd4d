import { Agent, request } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';
import type { DokuEvent } from 'nestjs-doku';

import type { ReportedEffect } from './effect.js';
import type { EffectsTarget } from './setup.js';

export const EFFECTS_TARGET = Symbol('effects-target');

/** Has effects outside this process. */
@Injectable()
export class EffectReporter {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 20 });

  constructor(@Inject(EFFECTS_TARGET) private readonly target: EffectsTarget) {}

  /** Resolves once it has happened. */
  async report(listener: string, event: DokuEvent): Promise<void> {
    const effect: ReportedEffect = {
      listener,
      eventId: event.id,
      reference: event.reference ?? '',
      attempt: event.delivery.attempt,
      pid: process.pid,
    };
    const { effectsUrl, run } = this.target;
    await new Promise<void>((resolve, reject) => {
      request(`${effectsUrl}/${run}`, { method: 'POST', agent: this.agent }, (response) => {
        response.resume().on('end', resolve);
      })
        .on('error', reject)
        .end(JSON.stringify(effect));
    });
  }
}
