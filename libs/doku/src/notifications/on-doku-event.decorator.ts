import { MethodMetadata } from '../discovery/method-metadata.js';
import type { DokuEventMatching, DokuEventPattern } from './doku-event.js';

/** Narrows what a listener hears, and names it. */
export interface OnDokuEventOptions {
  /** Only events of this channel, such as `'cimb-direct-debit'`. */
  readonly channel?: string;
  /** Only events of this merchant, by its name in the options. */
  readonly merchant?: string;
  /**
   * Stable identity of the listener: what has succeeded is remembered by it. No `:`.
   * @defaultValue `Class.method`
   */
  readonly name?: string;
}

/** What the decorator leaves on a method. */
export interface ListenerMetadata {
  readonly patterns: readonly DokuEventPattern[];
  readonly options: OnDokuEventOptions;
}

/** What `@OnDokuEvent` left on a method; empty when it is no listener. */
export const LISTENER_METADATA = new MethodMetadata<ListenerMetadata>('@OnDokuEvent');

/**
 * Calls a method of any provider or controller for events of DOKU, such as `'payment.succeeded'`,
 * `'payment.*'` or `'*'`.
 *
 * With inline delivery DOKU is answered 200 only when the method has succeeded; if it throws or rejects,
 * DOKU sends again, and only what has not succeeded is run again. It can run twice (several processes, a
 * crash), so make it idempotent: remember `event.id` in the transaction that does the work.
 */
export function OnDokuEvent<const Pattern extends DokuEventPattern>(
  patterns: Pattern | readonly Pattern[],
  options: OnDokuEventOptions = {},
) {
  return <Method extends (event: DokuEventMatching<Pattern>) => unknown>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const list = typeof patterns === 'string' ? [patterns] : patterns;
    LISTENER_METADATA.add(descriptor.value, { patterns: list, options });
  };
}
