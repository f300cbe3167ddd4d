import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server, which can fall silent: what it is told still arrives, what it answers waits. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly servers = new Set<Socket>();
  private isSilent = false;

  private constructor(
    private readonly listener: Server,
    private readonly target: URL,
  ) {
    listener.on('connection', (client) => {
      this.join(client);
    });
  }

  /** @param url of the server, such as `redis://127.0.0.1:6379` */
  static async start(url: string): Promise<TcpProxy> {
    const listener = createServer();
    const proxy = new TcpProxy(listener, new URL(url));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  /** The same URL by way of the proxy. */
  get url(): string {
    const { port } = this.listener.address() as AddressInfo;
    return Object.assign(new URL(this.target), { hostname: '127.0.0.1', port: String(port) }).href;
  }

  silence(): void {
    this.isSilent = true;
    for (const server of this.servers) server.pause();
  }

  speak(): void {
    this.isSilent = false;
    for (const server of this.servers) server.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private join(client: Socket): void {
    const server = connect(
      Number(this.target.port || DEFAULT_PORTS[this.target.protocol]),
      this.target.hostname,
    );
    this.servers.add(server);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.servers.delete(server);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server);
    server.on('data', (chunk) => client.write(chunk));
    if (this.isSilent) server.pause();
  }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'redis:': 6379,
  'postgres:': 5432,
  'postgresql:': 5432,
};
