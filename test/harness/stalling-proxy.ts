import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy whose server can fall silent: what it is told still arrives, what it answers waits. */
export class StallingProxy {
  private readonly sockets = new Set<Socket>();
  private readonly upstreams = new Set<Socket>();
  private readonly server: Server;
  private isSilent = false;

  constructor(target: URL, defaultPort: number) {
    this.server = createServer((client) => {
      const upstream = connect(Number(target.port || defaultPort), target.hostname);
      this.upstreams.add(upstream);
      for (const socket of [client, upstream]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          this.upstreams.delete(upstream);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream);
      upstream.on('data', (chunk) => client.write(chunk));
      if (this.isSilent) upstream.pause();
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return (this.server.address() as AddressInfo).port;
  }

  silence(): void {
    this.isSilent = true;
    for (const upstream of this.upstreams) upstream.pause();
  }

  speak(): void {
    this.isSilent = false;
    for (const upstream of this.upstreams) upstream.resume();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }
}
