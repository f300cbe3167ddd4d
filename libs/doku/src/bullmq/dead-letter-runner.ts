import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';

import type { AlarmRegistry } from '../alarms/alarm.registry.js';
import { publish } from '../diagnostics/doku-diagnostics.js';
import { type DeadLetterJob, deadLetterOf } from './bullmq-dead-letters.js';
import type { Engine, JobWorkerSettings } from './engine.js';
import { JobRunner } from './job-runner.js';

/** A worker whose jobs are about events: one that has failed for good is a dead letter. */
export abstract class DeadLetterRunner<Data extends DeadLetterJob> extends JobRunner<Data> {
  constructor(
    engine: Engine,
    queue: string,
    private readonly alarms: AlarmRegistry,
    settings: JobWorkerSettings,
  ) {
    super(engine, queue, settings);
  }

  protected override ended(job: Job<Data, unknown>): void {
    const deadLetter = deadLetterOf(job);
    const { id, event, listener = '', cause, reason } = deadLetter;
    new Logger('DokuDelivery').error(
      `dead letter id=${id} listener=${listener} type=${event.type} event=${event.id} cause=${cause} reason=${JSON.stringify(reason)}`,
    );
    publish('nestjs-doku:listener.dead-lettered', () => ({ deadLetter }));
    this.alarms.raise({ type: 'dead-lettered', at: new Date().toISOString(), deadLetter });
  }
}
