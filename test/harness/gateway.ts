import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as a canned gateway saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A server on loopback that gives one canned answer: for answers that the simulator would never give. */
export class CannedGateway {
  readonly seen: SeenRequest[] = [];
  answer: Answer = (_request, response) => response.end('{}');
  /** How many TCP connections were opened. */
  connections = 0;

  private readonly server = createServer((request, response) => {
    void buffer(request).then(
      (body) => {
        const { method = '', url = '', headers } = request;
        const seen = { method, url, headers, body };
        this.seen.push(seen);
        // Tests stop the clock, and Node would tell the real time.
        response.sendDate = false;
        this.answer(seen, response);
      },
      () => undefined,
    );
  }).on('connection', () => (this.connections += 1));

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** Answers with a body, signed as DOKU signs, by code of its own. */
export function signed(
  body: unknown,
  { secretKey, status = 200 }: { secretKey: string; status?: number },
): Answer {
  return ({ url, headers }, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const timestamp = '2026-01-01T00:00:00Z';
    const clientId = String(headers['client-id']);
    const requestId = String(headers['request-id']);
    const digest = createHash('sha256').update(text).digest('base64');
    const component = `Client-Id:${clientId}\nRequest-Id:${requestId}\nResponse-Timestamp:${timestamp}\nRequest-Target:${url}\nDigest:${digest}`;
    const hmac = createHmac('sha256', secretKey).update(component).digest('base64');
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Response-Timestamp': timestamp,
      Signature: `HMACSHA256=${hmac}`,
    });
    response.end(text);
  };
}

/** Answers with a body and no signature. */
export function unsigned(body: unknown, status = 200): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
