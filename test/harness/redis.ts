import { once } from 'node:events';
import { connect } from 'node:net';

/** Where the tests find Redis. */
export const REDIS_URL = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

const isRequired = process.env.REQUIRE_REDIS === '1';

/** Whether the tests of Redis run: where it is, and where `REQUIRE_REDIS=1` makes its absence a failure. */
export async function isRedisTested(): Promise<boolean> {
  const { hostname, port } = new URL(REDIS_URL);
  const socket = connect(Number(port || 6379), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    if (!isRequired) {
      process.stderr.write(
        `What needs Redis is not tested: none answers at ${hostname}:${port || '6379'}. Start one, or set REDIS_URL.\n`,
      );
    }
    return isRequired;
  } finally {
    socket.destroy();
  }
}
