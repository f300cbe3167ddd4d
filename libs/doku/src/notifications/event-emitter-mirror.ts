import { Injectable, Logger, Optional } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';

import { describeFailure } from './describe-failure.js';
import type { DokuEvent } from './doku-event.js';

/**
 * Repeats a delivered event as `doku.<type>` on the app's `EventEmitter2`, for plain `@OnEvent` users.
 * Best effort: what happens there decides neither DOKU's answer nor a retry.
 */
@Injectable()
export class EventEmitterMirror {
  private readonly logger = new Logger('DokuNotifications');

  constructor(@Optional() private readonly emitter?: EventEmitter2) {}

  emit(event: DokuEvent): void {
    if (!this.emitter) return;
    void this.emitAndReport(this.emitter, event);
  }

  private async emitAndReport(emitter: EventEmitter2, event: DokuEvent): Promise<void> {
    try {
      await emitter.emitAsync(`doku.${event.type}`, event);
    } catch (error) {
      this.logger.warn(
        `a listener of doku.${event.type} failed: ${describeFailure(error).summary}; this is not retried, use @OnDokuEvent for work that must not be lost`,
      );
    }
  }
}
