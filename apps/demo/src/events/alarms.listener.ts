import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { type DokuAlarm, OnDokuAlarm } from 'nestjs-doku';

import { DELIVERY_CHANGED } from '../delivery/delivery-news.js';
import { EventLog } from './event-log.js';

/** Puts what a person should know of before the shop's staff. A real shop pages somebody. */
@Injectable()
export class AlarmsListener {
  constructor(
    private readonly log: EventLog,
    private readonly emitter: EventEmitter2,
  ) {}

  @OnDokuAlarm(['dead-lettered', 'engine-unreachable', 'engine-recovered'])
  hear(alarm: DokuAlarm): void {
    this.log.add({
      customerId: undefined,
      line: {
        id: null,
        type: alarm.type,
        reference: null,
        amount: null,
        detail: detailOf(alarm),
        receivedAt: alarm.at,
      },
    });
    this.emitter.emit(DELIVERY_CHANGED);
  }
}

function detailOf(alarm: DokuAlarm): string {
  switch (alarm.type) {
    case 'dead-lettered': {
      const { event, listener } = alarm.deadLetter;
      return `${event.type} given up for ${listener ?? 'want of a listener'}`;
    }
    case 'engine-unreachable':
      return 'the bank is told to send again later';
    case 'engine-recovered':
      return `after ${Math.ceil(alarm.downMs / 1_000)} s`;
  }
}
