import type { EngineName } from '../../harness/engine-names.js';
import type { EngineServer } from './engine-server.js';
import { PostgresServer } from './postgres-server.js';
import { RedisServer } from './redis-server.js';
import { findBinary } from './server-binary.js';

const PROGRAMS: Readonly<Record<EngineName, string>> = {
  redis: 'redis-server',
  postgresql: 'postgres',
};

/** Whether a server of one's own can be started. */
export function canStart(engine: EngineName): boolean {
  return findBinary(PROGRAMS[engine]) !== undefined;
}

/** @throws when the program is not installed */
export async function startServer(engine: EngineName): Promise<EngineServer> {
  const binary = findBinary(PROGRAMS[engine]);
  if (binary === undefined) throw new Error(`${PROGRAMS[engine]} is not installed`);
  const server = await (engine === 'redis'
    ? RedisServer.create(binary)
    : PostgresServer.create(binary));
  await server.start();
  return server;
}
