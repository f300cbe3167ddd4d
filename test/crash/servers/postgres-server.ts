import { dirname, join } from 'node:path';

import { Client } from 'pg';

import { freePort } from '../../harness/free-port.js';
import type { EngineServer } from './engine-server.js';
import { unprivilegedUser } from './server-binary.js';
import { ServerProcess } from './server-process.js';

/** PostgreSQL as its package configures it, but for its place. */
export class PostgresServer implements EngineServer {
  readonly engine = 'postgresql';

  private constructor(
    private readonly binary: string,
    private readonly port: number,
    private readonly process: ServerProcess,
  ) {}

  static async create(binary: string): Promise<PostgresServer> {
    const process = await ServerProcess.inNewFolder('postgresql', unprivilegedUser());
    const data = join(process.folder, 'data');
    const initdb = join(dirname(binary), 'initdb');
    await process.run(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N']);
    return new PostgresServer(binary, await freePort(), process);
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const { folder } = this.process;
    const settings = ['listen_addresses=127.0.0.1', 'max_connections=300'];
    const args = ['-D', join(folder, 'data'), '-p', String(this.port), '-k', folder];
    await this.process.start(
      this.binary,
      [...args, ...settings.flatMap((setting) => ['-c', setting])],
      () => this.answers(),
    );
  }

  kill(): Promise<void> {
    return this.process.kill();
  }

  remove(): Promise<void> {
    return this.process.remove();
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
