import { createHash, createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { DEFAULT_CLIENT_ID, DEFAULT_SECRET_KEY } from '../simulator-options.js';

/** What a call may have that differs from a proper one. */
export interface CallChanges {
  readonly requestId?: string;
  readonly timestamp?: string;
  readonly clientId?: string;
  readonly secretKey?: string;
  /** Sent instead of the right value; `null` leaves the header out, a list sends it repeatedly. */
  readonly headers?: Readonly<Record<string, string | string[] | null>>;
  /** Signed instead of what is sent. */
  readonly signedBody?: string;
  readonly signedTarget?: string;
  /** Makes the caller leave. */
  readonly signal?: AbortSignal;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed text. */
  readonly body: unknown;
  readonly requestId: string;
}

/** The lines of reference 2.1, put together apart from the simulator's own code. */
export function signLines(lines: readonly string[], secretKey: string): string {
  return `HMACSHA256=${createHmac('sha256', secretKey).update(lines.join('\n')).digest('base64')}`;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

export function wireTime(ms = Date.now()): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** A merchant that signs with code of its own, so that both sides are judged by the reference. */
export class TestMerchant {
  constructor(
    readonly url: string,
    readonly clientId = DEFAULT_CLIENT_ID,
    readonly secretKey = DEFAULT_SECRET_KEY,
  ) {}

  post(path: string, body: unknown, changes: CallChanges = {}): Promise<TestAnswer> {
    return this.send('POST', path, typeof body === 'string' ? body : JSON.stringify(body), changes);
  }

  get(path: string, changes: CallChanges = {}): Promise<TestAnswer> {
    return this.send('GET', path, undefined, changes);
  }

  /** Whether the answer's signature is right (reference 2.3). */
  trusts(answer: TestAnswer, method: 'GET' | 'POST', path: string): boolean {
    const lines = [
      `Client-Id:${this.clientId}`,
      `Request-Id:${String(answer.headers['request-id'])}`,
      `Response-Timestamp:${String(answer.headers['response-timestamp'])}`,
      `Request-Target:${path}`,
    ];
    if (method === 'POST') lines.push(`Digest:${digestOf(answer.text)}`);
    return answer.headers.signature === signLines(lines, this.secretKey);
  }

  private send(
    method: string,
    path: string,
    body: string | undefined,
    changes: CallChanges,
  ): Promise<TestAnswer> {
    const requestId = changes.requestId ?? randomUUID();
    const timestamp = changes.timestamp ?? wireTime();
    const clientId = changes.clientId ?? this.clientId;
    const lines = [
      `Client-Id:${clientId}`,
      `Request-Id:${requestId}`,
      `Request-Timestamp:${timestamp}`,
      `Request-Target:${changes.signedTarget ?? path}`,
    ];
    if (body !== undefined) lines.push(`Digest:${digestOf(changes.signedBody ?? body)}`);
    const headers: Record<string, string | string[] | null> = {
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Timestamp': timestamp,
      Signature: signLines(lines, changes.secretKey ?? this.secretKey),
      ...changes.headers,
    };
    return exchange(`${this.url}${path}`, method, headers, body, changes.signal).then((answer) => ({
      ...answer,
      requestId,
    }));
  }
}

/** One HTTP exchange on a connection of its own; rejects when no whole answer comes. */
export function exchange(
  url: string,
  method: string,
  headers: Readonly<Record<string, string | string[] | null>>,
  body?: string,
  signal: AbortSignal = AbortSignal.timeout(10_000),
): Promise<Omit<TestAnswer, 'requestId'>> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, {
      method,
      agent: false,
      signal,
    });
    for (const [name, value] of Object.entries(headers)) {
      if (value !== null) outgoing.setHeader(name, value);
    }
    if (body !== undefined) {
      if (!outgoing.hasHeader('Content-Type')) {
        outgoing.setHeader('Content-Type', 'application/json');
      }
      outgoing.setHeader('Content-Length', Buffer.byteLength(body));
    }
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: parse(text),
        });
      });
    });
    outgoing.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
