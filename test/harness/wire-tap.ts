import { createServer, type Server, type Socket } from 'node:net';

/** A request as its bytes came off the socket, nothing parsed by an HTTP library. */
export interface TappedRequest {
  /** Such as `POST /path HTTP/1.1`. */
  readonly requestLine: string;
  /** Header lines as sent. */
  readonly lines: readonly string[];
  readonly body: Buffer;
  /** Value of a header, `''` when it is absent; throws when it was sent twice. */
  readonly header: (name: string) => string;
}

/** A TCP server that keeps the bytes of each request, and answers each with the next body. */
export class WireTap {
  readonly requests: TappedRequest[] = [];
  private readonly server: Server;

  constructor(private readonly answers: readonly string[]) {
    this.server = createServer((socket) => {
      this.read(socket);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }

  private read(socket: Socket): void {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [requestLine = '', ...lines] = received
        .subarray(0, end)
        .toString('latin1')
        .split('\r\n');
      const header = headerOf(lines);
      const body = received.subarray(end + 4);
      if (body.length < Number(header('Content-Length'))) return;
      const answer = this.answers[this.requests.length] ?? '{}';
      this.requests.push({ requestLine, lines, body, header });
      socket.end(
        `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(answer)}\r\nConnection: close\r\n\r\n${answer}`,
      );
    });
  }
}

function headerOf(lines: readonly string[]): TappedRequest['header'] {
  return (name) => {
    const prefix = `${name.toLowerCase()}:`;
    const values = lines.filter((line) => line.toLowerCase().startsWith(prefix));
    if (values.length > 1) throw new Error(`${name} was sent ${values.length} times`);
    return values[0]?.slice(prefix.length).trim() ?? '';
  };
}
