/**
 * Where tokens are shared between processes: the shape of Keyv, so that `new Keyv(...)` is one. What is kept
 * there is encrypted under the merchant's secret key.
 *
 * With a store, every process with the same client id needs `lock` as well: of several tokens requested at
 * the same time DOKU takes only the newest (reference snap 2.3). `redisTokenStore` of `nestjs-doku/redis`
 * has it. Every method may answer at once or with a promise.
 */
export interface DokuTokenStore {
  /** The value set under a key, or `undefined` (or `null`) when there is none or its time is over. */
  get(key: string): unknown;
  /** @param ttlMs how long to keep it, in milliseconds */
  set(key: string, value: string, ttlMs: number): unknown;
  delete(key: string): unknown;
  /**
   * Takes a lock if nobody holds it, without waiting.
   *
   * @param ttlMs after which it opens by itself, should its holder have died; in milliseconds
   * @returns what releases it, or `undefined` when somebody else holds it
   */
  lock?(key: string, ttlMs: number): Promise<ReleaseLock | undefined> | ReleaseLock | undefined;
}

/** Opens a lock that was taken, unless it has opened by itself. */
export type ReleaseLock = () => unknown;
