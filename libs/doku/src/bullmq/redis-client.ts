/** Options of an ioredis client, with `url` beside them as BullMQ takes it. */
export type RedisConnectionOptions = Readonly<Record<string, unknown>>;

/** What of an ioredis client is used outside BullMQ. */
export interface PlainRedis {
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  disconnect(): void;
}

/** A connection of our own. ioredis is loaded only where Redis is used. */
export async function openRedis(options: RedisConnectionOptions): Promise<PlainRedis> {
  const { Redis } = await import('ioredis');
  const { url, ...rest } = options;
  const client = typeof url === 'string' ? new Redis(url, rest) : new Redis(rest);
  // It reconnects by itself, and commands that do not come through say so to whoever waits for them.
  client.on('error', () => undefined);
  return client;
}
