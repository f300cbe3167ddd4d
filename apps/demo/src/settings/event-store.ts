/** Where the shop's events are kept until every listener has done its work; `'inline'` keeps them nowhere. */
export type EventStore =
  | { readonly engine: 'inline' }
  | {
      readonly engine: 'redis' | 'postgresql';
      /** With whatever password it holds: it is for the engine's client only. */
      readonly connection: string;
      /** The same for people: `127.0.0.1:6379`. */
      readonly address: string;
      /** Prefix of the keys, or the schema, that nobody else uses. */
      readonly namespace: string;
    };

const DEFAULT_PORTS: Readonly<Record<string, readonly ['redis' | 'postgresql', string]>> = {
  'redis:': ['redis', '6379'],
  'rediss:': ['redis', '6379'],
  'postgres:': ['postgresql', '5432'],
  'postgresql:': ['postgresql', '5432'],
};

/** @throws `Error` that names the variable to change, and never quotes a URL: it may hold a password */
export function readEventStore({
  redisUrl,
  databaseUrl,
  namespace,
}: {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly namespace: string;
}): EventStore {
  if (redisUrl !== undefined && databaseUrl !== undefined) {
    throw new Error('REDIS_URL and DATABASE_URL are both set: unset one, events have one place');
  }
  if (redisUrl !== undefined) {
    return { ...place('REDIS_URL', redisUrl, 'redis'), connection: redisUrl, namespace };
  }
  if (databaseUrl !== undefined) {
    const found = place('DATABASE_URL', databaseUrl, 'postgresql');
    return { ...found, connection: databaseUrl, namespace };
  }
  return { engine: 'inline' };
}

function place<Wanted extends 'redis' | 'postgresql'>(
  name: string,
  url: string,
  wanted: Wanted,
): { readonly engine: Wanted; readonly address: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const [engine, defaultPort] = DEFAULT_PORTS[parsed?.protocol ?? ''] ?? [];
  if (!parsed || engine !== wanted || defaultPort === undefined) {
    const example =
      wanted === 'redis' ? 'redis://127.0.0.1:6379' : 'postgres://user@127.0.0.1:5432/database';
    throw new Error(`${name} must be a URL such as ${example}`);
  }
  const host = `${parsed.hostname || '127.0.0.1'}:${parsed.port || defaultPort}`;
  return { engine: wanted, address: wanted === 'redis' ? host : host + parsed.pathname };
}
