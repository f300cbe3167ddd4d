import { MethodMetadata } from '../discovery/method-metadata.js';
import type { DokuAlarmOf, DokuAlarmType } from './doku-alarm.js';

/** Names what hears an alarm. */
export interface OnDokuAlarmOptions {
  /**
   * What the log calls it when it fails.
   * @defaultValue `Class.method`
   */
  readonly name?: string;
}

/** What the decorator leaves on a method. */
export interface AlarmListenerMetadata {
  readonly types: readonly DokuAlarmType[];
  readonly options: OnDokuAlarmOptions;
}

/** What `@OnDokuAlarm` left on a method; empty when it hears no alarm. */
export const ALARM_LISTENER_METADATA = new MethodMetadata<AlarmListenerMetadata>('@OnDokuAlarm');

/**
 * Calls a method of any provider or controller for alarms: an event was given up, or the engine of the durable
 * delivery cannot be reached. To page somebody, not to do work: an alarm is told once, to this process only, and
 * nobody waits for the method. What it throws is logged. Every alarm is in the log in any case.
 *
 * Alarms come from durable delivery only: with inline delivery DOKU itself sends again.
 */
export function OnDokuAlarm<const Type extends DokuAlarmType>(
  types: Type | readonly Type[],
  options: OnDokuAlarmOptions = {},
) {
  return <Method extends (alarm: DokuAlarmOf<Type>) => unknown>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const list = typeof types === 'string' ? [types] : types;
    ALARM_LISTENER_METADATA.add(descriptor.value, { types: list, options });
  };
}
