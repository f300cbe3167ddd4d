import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuTokenOptions } from './doku-module-options.js';
import type { ResolvedDokuOptions } from './resolved-doku-options.js';

const METHODS = ['get', 'set', 'delete', 'lock'] as const;

/** @throws DokuConfigurationError that names what the store lacks */
export function resolveTokenOptions({ store }: DokuTokenOptions): ResolvedDokuOptions['tokens'] {
  if (store === undefined) return {};
  for (const method of METHODS) {
    const given = readMethod(store, method);
    const isLeftOut = method === 'lock' && given === undefined;
    if (typeof given !== 'function' && !isLeftOut) {
      throw new DokuConfigurationError(
        `has no method "${method}"`,
        'tokens.store',
        'Give an object with get, set, delete and lock, such as redisTokenStore(new Redis()) of nestjs-doku/redis, or a Keyv.',
      );
    }
  }
  return { store };
}

function readMethod(store: unknown, name: string): unknown {
  return typeof store === 'object' && store !== null ? Reflect.get(store, name) : undefined;
}
