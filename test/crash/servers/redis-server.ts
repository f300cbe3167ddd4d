import { Redis } from 'ioredis';

import { freePort } from '../../harness/free-port.js';
import type { EngineServer } from './engine-server.js';
import { ServerProcess } from './server-process.js';

/** Redis that keeps whatever it has confirmed. */
export class RedisServer implements EngineServer {
  readonly engine = 'redis';

  private constructor(
    private readonly binary: string,
    private readonly port: number,
    private readonly process: ServerProcess,
  ) {}

  static async create(binary: string): Promise<RedisServer> {
    return new RedisServer(binary, await freePort(), await ServerProcess.inNewFolder('redis'));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const settings = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.process.folder,
      save: '',
      appendonly: 'yes',
      appendfsync: 'always',
      'maxmemory-policy': 'noeviction',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    await this.process.start(this.binary, args, () => this.answers());
  }

  kill(): Promise<void> {
    return this.process.kill();
  }

  remove(): Promise<void> {
    return this.process.remove();
  }

  private async answers(): Promise<boolean> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      // While it loads its data it refuses to answer.
      return (await redis.ping()) === 'PONG';
    } catch {
      return false;
    } finally {
      redis.disconnect();
    }
  }
}
