import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { digestOf, signLines } from './test-merchant.js';

export interface ReceivedNotification {
  readonly path: string;
  /** As in Node: by lower-case name, each with all its values. */
  readonly headers: NodeJS.Dict<string[]>;
  readonly text: string;
  readonly body: unknown;
}

/** The merchant's end of notifications. */
export class NotificationReceiver {
  readonly received: ReceivedNotification[] = [];
  /** Status of the answers to come. */
  status = 200;
  /** Body of the answers to come. */
  answer = 'noted';
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(path = '/payments/notifications'): Promise<NotificationReceiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on a TCP port has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const receiver = new NotificationReceiver(server, `http://127.0.0.1:${port}${path}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        receiver.take({
          path: request.url ?? '',
          headers: request.headersDistinct,
          text,
          body: JSON.parse(text),
        });
        response.writeHead(receiver.status).end(receiver.answer);
      });
    });
    return receiver;
  }

  /** Resolves as soon as so many notifications have arrived in all. */
  async until(count: number): Promise<void> {
    if (this.received.length >= count) return;
    await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(notification: ReceivedNotification): void {
    this.received.push(notification);
    for (const { count, resolve } of this.waiting) if (this.received.length >= count) resolve();
  }
}

/** Whether a notification is signed as reference 2.2 says. */
export function isGenuine(
  { path, headers, text }: ReceivedNotification,
  secretKey: string,
): boolean {
  const value = (name: string): string => headers[name]?.join() ?? '';
  const lines = [
    `Client-Id:${value('client-id')}`,
    `Request-Id:${value('request-id')}`,
    `Request-Timestamp:${value('request-timestamp')}`,
    `Request-Target:${path}`,
    `Digest:${digestOf(text)}`,
  ];
  return value('signature') === signLines(lines, secretKey);
}
