import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ContextIdFactory, DiscoveryService, MetadataScanner, ModuleRef } from '@nestjs/core';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuEvent, DokuEventPattern } from './doku-event.js';
import { type ListenerMetadata, listenerMetadata } from './on-doku-event.decorator.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

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

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly moduleRef: ModuleRef,
  ) {}

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

  /** Whether anything listens to successful payments, whatever the channel or merchant. */
  hearsSuccessfulPayments(): boolean {
    return this.discover().some(({ patterns }) =>
      patterns.some((pattern) => matches(pattern, 'payment.succeeded')),
    );
  }

  private findListeners(): readonly Listener[] {
    const seen = new Set<unknown>();
    const listeners = [
      ...this.discovery.getProviders().flatMap((each) => this.listenersOf(each, 'provider', seen)),
      ...this.discovery
        .getControllers()
        .flatMap((each) => this.listenersOf(each, 'controller', seen)),
    ];
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

  private listenersOf(
    wrapper: Wrapper,
    kind: 'provider' | 'controller',
    seen: Set<unknown>,
  ): Listener[] {
    const isShared = wrapper.isDependencyTreeStatic() && !wrapper.isTransient;
    const shared: unknown = isShared ? wrapper.instance : undefined;
    const prototype: unknown = isShared ? prototypeOf(shared) : prototypeOfClass(wrapper.metatype);
    if (typeof prototype !== 'object' || prototype === null) return [];
    // An alias (`useExisting`) leads to an instance that is listed already.
    if (isShared && seen.has(shared)) return [];
    seen.add(shared);
    return this.scanner.getAllMethodNames(prototype).flatMap((key) => {
      const method = methodOf(prototype, key);
      if (!method) return [];
      return listenerMetadata(method).map((metadata) => ({
        name: nameOf(metadata, `${prototype.constructor.name}.${key}`),
        patterns: metadata.patterns,
        hears: (event: DokuEvent) => hears(metadata, event),
        call: async (event: DokuEvent) => {
          const instance = isShared ? shared : await this.ownInstance(wrapper, kind, event);
          return method.call(instance, event);
        },
      }));
    });
  }

  private async ownInstance(
    wrapper: Wrapper,
    kind: 'provider' | 'controller',
    event: DokuEvent,
  ): Promise<object> {
    const contextId = ContextIdFactory.create();
    this.moduleRef.registerRequestByContextId(event, contextId);
    const host = wrapper.host?.getProviderByKey<ModuleRef>(ModuleRef).instance ?? this.moduleRef;
    if (kind === 'provider') return host.resolve<object>(wrapper.token, contextId);
    // Controllers cannot be resolved by their class, so this makes one in the module that has it.
    return host.create<object>(wrapper.metatype as new () => object, contextId);
  }
}

function prototypeOf(instance: unknown): unknown {
  return typeof instance === 'object' && instance !== null && Object.getPrototypeOf(instance);
}

function prototypeOfClass(type: unknown): unknown {
  return typeof type === 'function' && type.prototype;
}

function methodOf(prototype: object, key: string): ((event: DokuEvent) => unknown) | undefined {
  const method: unknown = Reflect.get(prototype, key);
  return typeof method === 'function' ? (method as (event: DokuEvent) => unknown) : undefined;
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
