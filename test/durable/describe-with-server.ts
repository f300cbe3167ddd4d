import { describe } from '@jest/globals';

import { canStart } from '../crash/servers/create-server.js';
import type { EngineName } from '../harness/engine-names.js';

/** `describe` where a server of one's own can be started, or where `REQUIRE_ENGINES=1` makes that a must. */
export function describeWithServer(engine: EngineName): typeof describe.skip {
  if (process.env.REQUIRE_ENGINES === '1' || canStart(engine)) return describe;
  const program = engine === 'redis' ? 'redis-server' : 'postgres';
  process.stderr.write(
    `What stops and starts ${engine} is not tested: ${program} is not installed.\n`,
  );
  return describe.skip;
}
