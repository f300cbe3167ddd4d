import type { Provider } from '@nestjs/common';

import { AlarmRegistry } from '../alarms/alarm.registry.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { EventEmitterMirror } from './event-emitter-mirror.js';
import { InlineDelivery } from './inline-delivery.js';
import { ListenerRegistry } from './listener.registry.js';
import { NOTIFICATION_DELIVERY, type NotificationDelivery } from './notification-delivery.js';

/** Injection token: whether this is a worker app, which takes in nothing. */
export const IS_WORKER_APP: unique symbol = Symbol.for('nestjs-doku:is-worker-app');

/** The delivery that the options choose, with what every delivery needs. */
export const DELIVERY_PROVIDERS: Provider[] = [
  DecoratedMethods,
  ListenerRegistry,
  EventEmitterMirror,
  AlarmRegistry,
  InlineDelivery,
  { provide: IS_WORKER_APP, useValue: false },
  {
    provide: NOTIFICATION_DELIVERY,
    inject: [
      DOKU_OPTIONS,
      InlineDelivery,
      ListenerRegistry,
      EventEmitterMirror,
      AlarmRegistry,
      IS_WORKER_APP,
    ],
    useFactory: (
      options: ResolvedDokuOptions,
      inline: InlineDelivery,
      listeners: ListenerRegistry,
      mirror: EventEmitterMirror,
      alarms: AlarmRegistry,
      isWorkerApp: boolean,
    ): NotificationDelivery => {
      const { delivery } = options.notifications;
      return delivery === 'inline'
        ? inline
        : delivery.create({ options, listeners, mirror, alarms, isWorkerApp });
    },
  },
];
