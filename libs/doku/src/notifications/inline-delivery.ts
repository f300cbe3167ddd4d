import { Inject, Injectable, Logger } from '@nestjs/common';

import { type DokuDiagnostics, eventFacts, publish } from '../diagnostics/doku-diagnostics.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { conflictWith } from './conflict.js';
import { deepFreeze } from './deep-freeze.js';
import { describeFailure } from './describe-failure.js';
import { DeliveryMemory, type DeliveryRecord } from './delivery-memory.js';
import type { DeliveryOutcome } from './delivery-outcome.js';
import type { DokuEvent } from './doku-event.js';
import { EventEmitterMirror } from './event-emitter-mirror.js';
import { type Listener, ListenerRegistry } from './listener.registry.js';

/**
 * Runs the listeners while DOKU waits for the answer. No infrastructure: what has succeeded is remembered
 * in the memory of this process, so several processes, or a restart, may run a listener again.
 */
@Injectable()
export class InlineDelivery {
  private readonly logger = new Logger('DokuNotifications');
  private readonly memory = new DeliveryMemory();
  private readonly deadlineMs: number;

  constructor(
    private readonly listeners: ListenerRegistry,
    private readonly mirror: EventEmitterMirror,
    @Inject(DOKU_OPTIONS) { notifications }: ResolvedDokuOptions,
  ) {
    this.deadlineMs = notifications.listenerDeadlineMs;
  }

  /** Never rejects. A copy that arrives during a run joins it; a resend runs what has not succeeded. */
  async deliver(event: DokuEvent): Promise<DeliveryOutcome> {
    const record = this.memory.recordOf(event);
    const conflict = conflictWith(record.firstAmount, event);
    if (conflict) return this.deliver(conflict);

    record.attempts += 1;
    if (record.delivered) return 'duplicate';
    const running = (record.running ??= this.run(event, record));
    const outcome = await running;
    if (record.running === running) record.running = undefined;
    return outcome;
  }

  private async run(event: DokuEvent, record: DeliveryRecord): Promise<DeliveryOutcome> {
    // Listeners share it: what one of them changed, the next would take for DOKU's word.
    const numbered = deepFreeze({
      ...event,
      delivery: { ...event.delivery, attempt: record.attempts },
    });
    const listeners = this.listeners.listenersFor(event);
    const due = listeners.filter(({ name }) => !record.succeeded?.has(name));
    if (due.length > 0 && !(await this.allSucceed(due, numbered, record))) return 'failed';
    this.mirror.emit(numbered);
    if (listeners.length === 0) return 'unheard';
    record.delivered = true;
    record.succeeded = undefined;
    return 'delivered';
  }

  /** Runs listeners side by side; `false` once one has failed and the rest is done, or at the deadline. */
  private allSucceed(
    due: readonly Listener[],
    event: DokuEvent,
    record: DeliveryRecord,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const unfinished = new Set(due);
      const startedAt = performance.now();
      let failed = false;
      let isOver = false;
      const deadline = setTimeout(() => {
        isOver = true;
        for (const listener of unfinished) {
          publishFailed(listener, event, startedAt);
          this.report(listener, event, `has not finished within ${this.deadlineMs} ms`);
        }
        resolve(false);
      }, this.deadlineMs);
      const finish = (listener: Listener): void => {
        unfinished.delete(listener);
        if (unfinished.size > 0) return;
        clearTimeout(deadline);
        resolve(!failed);
      };
      for (const listener of due) {
        // Its success counts even when it comes late; its failure is reported whenever it comes.
        listener.call(event).then(
          () => {
            if (!record.delivered) (record.succeeded ??= new Set()).add(listener.name);
            publishDelivered(listener, event, startedAt);
            finish(listener);
          },
          (error: unknown) => {
            failed = true;
            // Of one that had used up its time the failure was told then.
            if (!isOver) publishFailed(listener, event, startedAt);
            const { summary, stack } = describeFailure(error);
            this.report(listener, event, `failed: ${summary}`, stack);
            finish(listener);
          },
        );
      }
    });
  }

  private report(listener: Listener, event: DokuEvent, what: string, stack?: string): void {
    this.logger.error(
      `listener=${listener.name} ${what} type=${event.type} id=${event.id} reference=${JSON.stringify(event.reference ?? '')}`,
      stack,
    );
  }
}

function publishDelivered({ name }: Listener, event: DokuEvent, startedAt: number): void {
  publish('nestjs-doku:listener.delivered', () => ({
    ...runFacts(name, event, startedAt),
    lagMs: Date.now() - Date.parse(event.receivedAt),
  }));
}

function publishFailed({ name }: Listener, event: DokuEvent, startedAt: number): void {
  publish('nestjs-doku:listener.failed', () => runFacts(name, event, startedAt));
}

function runFacts(
  listener: string,
  event: DokuEvent,
  startedAt: number,
): DokuDiagnostics['nestjs-doku:listener.failed'] {
  return {
    event: eventFacts(event),
    listener,
    attempt: event.delivery.attempt,
    durationMs: Math.round(performance.now() - startedAt),
  };
}
