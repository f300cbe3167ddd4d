import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuEvent, DokuEventPattern } from './doku-event.js';
import { LISTENER_METADATA, type ListenerMetadata } from './on-doku-event.decorator.js';

/** A method that listens to events of DOKU. */
export interface Listener {
  readonly name: string;
  readonly patterns: readonly DokuEventPattern[];
  readonly hears: (event: DokuEvent) => boolean;
  /** Calls the method, on an instance of its own when its class is request-scoped. */
  readonly call: (event: DokuEvent) => Promise<unknown>;
}

/** Finds every `@OnDokuEvent` method of the app. */
@Injectable()
export class ListenerRegistry implements OnApplicationBootstrap {
  private listeners: readonly Listener[] | undefined;

  constructor(private readonly methods: DecoratedMethods) {}

  onApplicationBootstrap(): void {
    this.discover();
  }

  /**
   * Finds the listeners, once.
   *
   * @throws DokuConfigurationError when a name is used twice or cannot be one
   */
  discover(): readonly Listener[] {
    this.listeners ??= this.findListeners();
    return this.listeners;
  }

  /** Whether the listeners are known; before the app is up, nobody could hear an event. */
  get isReady(): boolean {
    return this.listeners !== undefined;
  }

  /** The listeners of an event, in the order in which Nest knows them. */
  listenersFor(event: DokuEvent): readonly Listener[] {
    return this.listeners?.filter((listener) => listener.hears(event)) ?? [];
  }

  /** The listener of that name. */
  named(name: string): Listener | undefined {
    return this.listeners?.find((listener) => listener.name === name);
  }

  /** Whether anything listens to successful payments, whatever the channel or merchant. */
  hearsSuccessfulPayments(): boolean {
    return this.discover().some(({ patterns }) =>
      patterns.some((pattern) => matches(pattern, 'payment.succeeded')),
    );
  }

  private findListeners(): readonly Listener[] {
    const listeners = this.methods
      .find(LISTENER_METADATA.of)
      .map(({ metadata, defaultName, call }) => ({
        name: nameOf(metadata, defaultName),
        patterns: metadata.patterns,
        hears: (event: DokuEvent) => hears(metadata, event),
        call,
      }));
    const names = new Set<string>();
    for (const { name } of listeners) {
      if (names.has(name)) {
        throw new DokuConfigurationError(
          'two listeners have this name, and what has succeeded is remembered by name',
          `@OnDokuEvent(…, { name: '${name}' })`,
          'Give one of them another name. A class that two modules provide listens twice: provide it once, and export it.',
        );
      }
      names.add(name);
    }
    return listeners;
  }
}

function nameOf({ options }: ListenerMetadata, fallback: string): string {
  const name = options.name ?? fallback;
  if (name.trim() !== '' && !name.includes(':')) return name;
  throw new DokuConfigurationError(
    'is no name: it must not be blank, nor hold a colon',
    `@OnDokuEvent(…, { name: '${name}' })`,
    'Leave it out, or give a name such as "orders.markPaid".',
  );
}

function hears({ patterns, options }: ListenerMetadata, event: DokuEvent): boolean {
  return (
    (options.channel === undefined || options.channel === event.channel) &&
    (options.merchant === undefined || options.merchant === event.merchant) &&
    patterns.some((pattern) => matches(pattern, event.type))
  );
}

function matches(pattern: DokuEventPattern, type: string): boolean {
  return (
    pattern === '*' ||
    pattern === type ||
    (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))
  );
}
