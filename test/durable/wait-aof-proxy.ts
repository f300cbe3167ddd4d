import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const COMMAND_INFO = '*3\r\n$7\r\nCOMMAND\r\n$4\r\nINFO\r\n$7\r\nWAITAOF\r\n';
const WAITAOF = /\*4\r\n\$7\r\nWAITAOF\r\n(?:\$\d+\r\n\d+\r\n){3}/;

/**
 * Makes of any Redis one that has `WAITAOF`, which came with 7.2: answers that command itself, and the question
 * whether there is such a command; everything else goes to the real one.
 */
export class WaitAofProxy {
  /** How many append-only files `WAITAOF` says were written. */
  writtenTo = 1;
  /** How often it was asked. */
  waits = 0;
  /** Answers at the next multiple of so many milliseconds, as a disk that is written to so often; 0: at once. */
  everyMs = 0;
  /** How many questions to answer by ending the connection. */
  breaks = 0;
  /** How many questions not to answer at all. */
  silences = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (client) => {
      this.join(client);
    });
  }

  static async start(url: string): Promise<WaitAofProxy> {
    const server = createServer();
    const proxy = new WaitAofProxy(server, new URL(url));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `redis://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const redis = connect(Number(this.target.port), this.target.hostname);
    this.sockets.add(client).add(redis);
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (text === COMMAND_INFO) {
        client.write('*1\r\n*6\r\n$7\r\nwaitaof\r\n:4\r\n*0\r\n:0\r\n:0\r\n:0\r\n');
        return;
      }
      const wait = WAITAOF.exec(text);
      if (!wait) {
        redis.write(chunk);
        return;
      }
      this.waits += 1;
      const before = text.slice(0, wait.index);
      const answer = () => {
        if (this.breaks > 0) {
          this.breaks -= 1;
          client.end();
        } else if (this.silences > 0) this.silences -= 1;
        else {
          const left = this.everyMs === 0 ? 0 : this.everyMs - (performance.now() % this.everyMs);
          setTimeout(() => client.write(`*2\r\n:${this.writtenTo}\r\n:0\r\n`), left);
        }
      };
      if (before === '') answer();
      else {
        // What came with it is answered first.
        redis.once('data', () => setImmediate(answer));
        redis.write(Buffer.from(before, 'latin1'));
      }
    });
    redis.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}
