import { randomUUID } from 'node:crypto';

import type { DokuTokenStore } from '../tokens/token-store.js';

/** What of an ioredis client is needed. */
export interface RedisClient {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', milliseconds: number, nx?: 'NX'): Promise<unknown>;
  del(key: string): Promise<unknown>;
  eval(script: string, numberOfKeys: 1, key: string, value: string): Promise<unknown>;
}

/** Deletes a lock only if it is still the one that was taken. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/**
 * Shares access tokens between processes over Redis, for the option `tokens.store`: with the lock that keeps
 * them from revoking each other's tokens.
 *
 * @param redis an ioredis client. It stays the app's: connect it, listen to its errors, quit it at the end
 */
export function redisTokenStore(redis: RedisClient): Required<DokuTokenStore> {
  return {
    get: (key) => redis.get(key),
    set: (key, value, ttlMs) => redis.set(key, value, 'PX', ttlMs),
    delete: (key) => redis.del(key),
    lock: async (key, ttlMs) => {
      const holder = randomUUID();
      const isOurs = (await redis.set(key, holder, 'PX', ttlMs, 'NX')) === 'OK';
      return isOurs ? () => redis.eval(RELEASE, 1, key, holder) : undefined;
    },
  };
}
