import { Injectable } from '@nestjs/common';
import { ContextIdFactory, DiscoveryService, MetadataScanner, ModuleRef } from '@nestjs/core';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];
type Kind = 'provider' | 'controller';

/** A method of the app that a decorator of ours left something on. */
export interface DecoratedMethod<Metadata> {
  readonly metadata: Metadata;
  /** `Class.method`. */
  readonly defaultName: string;
  /**
   * Calls the method, on an instance of its own when its class is request-scoped: there the argument is the
   * request. Never throws; rejects with what the method threw.
   */
  readonly call: (argument: object) => Promise<unknown>;
}

/** Finds decorated methods on every provider and controller of the app. */
@Injectable()
export class DecoratedMethods {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly moduleRef: ModuleRef,
  ) {}

  /**
   * In the order in which Nest knows the classes. Once the app's providers are there.
   *
   * @param metadataOf what the decorator left on a method, once for each time it was put there
   */
  find<Metadata>(
    metadataOf: (method: object) => readonly Metadata[],
  ): readonly DecoratedMethod<Metadata>[] {
    const seen = new Set<unknown>();
    const find = (wrappers: readonly Wrapper[], kind: Kind): DecoratedMethod<Metadata>[] =>
      wrappers.flatMap((wrapper) => this.methodsOf(wrapper, kind, seen, metadataOf));
    return [
      ...find(this.discovery.getProviders(), 'provider'),
      ...find(this.discovery.getControllers(), 'controller'),
    ];
  }

  private methodsOf<Metadata>(
    wrapper: Wrapper,
    kind: Kind,
    seen: Set<unknown>,
    metadataOf: (method: object) => readonly Metadata[],
  ): DecoratedMethod<Metadata>[] {
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
      return metadataOf(method).map((metadata) => ({
        metadata,
        defaultName: `${prototype.constructor.name}.${key}`,
        call: async (argument: object) => {
          const instance = isShared ? shared : await this.ownInstance(wrapper, kind, argument);
          return method.call(instance, argument);
        },
      }));
    });
  }

  private async ownInstance(wrapper: Wrapper, kind: Kind, request: object): Promise<object> {
    const contextId = ContextIdFactory.create();
    this.moduleRef.registerRequestByContextId(request, contextId);
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

function methodOf(prototype: object, key: string): ((argument: object) => unknown) | undefined {
  const method: unknown = Reflect.get(prototype, key);
  return typeof method === 'function' ? (method as (argument: object) => unknown) : undefined;
}
