import type { DokuDeadLetter } from '../dead-letters/dead-letter.js';
import type { DeliveryEngine } from '../notifications/durable-delivery.js';

/** Something that a person should know of. Not an event: `@OnDokuEvent('*')` does not hear it. */
export type DokuAlarm =
  /** An event was given up for a listener. */
  | { readonly type: 'dead-lettered'; readonly at: string; readonly deadLetter: DokuDeadLetter }
  /** The engine of the durable delivery is not reachable: DOKU is answered 503, and sends again. */
  | {
      readonly type: 'engine-unreachable';
      readonly at: string;
      readonly engine: DeliveryEngine;
      readonly reason: string;
    }
  /** It is reachable again. */
  | {
      readonly type: 'engine-recovered';
      readonly at: string;
      readonly engine: DeliveryEngine;
      /** How long it was away, in milliseconds. */
      readonly downMs: number;
    };

/** Every type of alarm that `@OnDokuAlarm` can listen to. */
export type DokuAlarmType = DokuAlarm['type'];

/** An alarm by its type. */
export type DokuAlarmOf<Type extends DokuAlarmType> = Extract<DokuAlarm, { readonly type: Type }>;
