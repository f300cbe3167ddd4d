import type { IncomingMessage } from 'node:http';

/** A body that takes longer, in milliseconds, will not come; Fastify has no limit of its own. */
const MAX_BODY_MS = 10_000;

/** 64 KB; a notification has about 1. */
const MAX_BODY_BYTES = 65_536;

/** A request to one of our routes as it came over the wire, nothing parsed. */
export interface RawNotification extends WireHeaders {
  /** Path and query as DOKU called it, without what a proxy stripped. */
  readonly url: string;
  readonly body: Buffer;
}

/** Headers by their names in lower case. */
export interface WireHeaders {
  /** Value of a header; `undefined` when it is absent, or there more than once. */
  readonly header: (name: string) => string | undefined;
  /** Whether a header is there more than once: nobody can say which value was meant. */
  readonly repeats: (name: string) => boolean;
}

/** Why a request's body cannot be had. */
export type UnreadableBody = 'too-large' | 'consumed' | 'aborted';

/**
 * Reads the bytes of a request itself, so that what is verified is what was sent, whatever body parsers
 * the host app has.
 */
export function readRawBody(request: IncomingMessage): Promise<Buffer | UnreadableBody> {
  if (request.readableDidRead || request.readableEnded) {
    return Promise.resolve('consumed');
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return Promise.resolve('too-large');
  }
  return new Promise((resolve) => {
    const patience = setTimeout(() => request.destroy(), MAX_BODY_MS).unref();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else {
        request.pause();
        resolve('too-large');
      }
    });
    request.once('end', () => {
      clearTimeout(patience);
      resolve(Buffer.concat(chunks));
    });
    request.once('error', () => {
      resolve('aborted');
    });
    request.once('close', () => {
      clearTimeout(patience);
      resolve('aborted');
    });
  });
}

/** Reads headers from the wire's own list: Node joins repeated ones, or keeps only the first. */
export function readHeaders({ rawHeaders }: IncomingMessage): WireHeaders {
  const headers = new Map<string, string | undefined>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    headers.set(name, headers.has(name) ? undefined : rawHeaders[at + 1]);
  }
  return {
    header: (name) => headers.get(name),
    repeats: (name) => headers.has(name) && headers.get(name) === undefined,
  };
}
