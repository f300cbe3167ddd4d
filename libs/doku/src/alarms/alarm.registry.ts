import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';

import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { deepFreeze } from '../notifications/deep-freeze.js';
import { describeFailure } from '../notifications/describe-failure.js';
import { alarmLine } from './alarm-line.js';
import type { DokuAlarm } from './doku-alarm.js';
import { ALARM_LISTENER_METADATA } from './on-doku-alarm.decorator.js';

/** So many alarms are kept for the listeners while the app starts; the oldest go first. All are logged. */
const MAX_WAITING = 100;

interface AlarmListener {
  readonly name: string;
  readonly hears: (alarm: DokuAlarm) => boolean;
  readonly call: (alarm: DokuAlarm) => Promise<unknown>;
}

/** Tells alarms to every `@OnDokuAlarm` method of the app, and to the log. */
@Injectable()
export class AlarmRegistry implements OnApplicationBootstrap {
  private readonly logger = new Logger('DokuAlarms');
  private readonly waiting: DokuAlarm[] = [];
  private listeners: readonly AlarmListener[] | undefined;

  constructor(private readonly methods: DecoratedMethods) {}

  onApplicationBootstrap(): void {
    this.listeners = this.methods
      .find(ALARM_LISTENER_METADATA.of)
      .map(({ metadata: { types, options }, defaultName, call }) => ({
        name: options.name ?? defaultName,
        hears: ({ type }: DokuAlarm) => types.includes(type),
        call,
      }));
    for (const alarm of this.waiting.splice(0)) this.tell(alarm, this.listeners);
  }

  /** Never throws, and waits for nobody. */
  raise(alarm: DokuAlarm): void {
    const level = alarm.type === 'engine-recovered' ? 'log' : 'error';
    this.log(level, alarmLine(alarm));
    if (this.listeners) {
      this.tell(alarm, this.listeners);
      return;
    }
    this.waiting.push(alarm);
    if (this.waiting.length > MAX_WAITING) this.waiting.shift();
  }

  private tell(alarm: DokuAlarm, listeners: readonly AlarmListener[]): void {
    // Listeners share it.
    const told = deepFreeze(structuredClone(alarm));
    for (const listener of listeners) {
      if (listener.hears(told)) void this.call(listener, told);
    }
  }

  private async call(listener: AlarmListener, alarm: DokuAlarm): Promise<void> {
    try {
      await listener.call(alarm);
    } catch (error) {
      const { summary, stack } = describeFailure(error);
      this.log(
        'error',
        `alarm listener=${listener.name} failed: ${summary} type=${alarm.type}`,
        stack,
      );
    }
  }

  private log(level: 'log' | 'error', ...line: [string, ...unknown[]]): void {
    try {
      this.logger[level](...line);
    } catch {
      // The app's logger is broken. Whoever raised the alarm has work to finish, and listeners are still told.
    }
  }
}
