import type { IncomingMessage, ServerResponse } from 'node:http';

/** Larger bodies are refused; no operation comes near. */
const BODY_LIMIT_BYTES = 1_048_576;

/** A request whose body was read as bytes, before anything parsed it. */
export interface RawRequest extends IncomingMessage {
  rawBody?: Buffer;
}

/** Express middleware that reads the body of every route as bytes and parses nothing. */
export function captureRawBody(
  request: RawRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (size > BODY_LIMIT_BYTES) {
      const message = `The body has ${size} bytes; at most ${BODY_LIMIT_BYTES} are accepted.`;
      response.writeHead(413, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({ error: { code: 'BODY_TOO_LARGE', message, type: 'VALIDATION' } }),
      );
      return;
    }
    request.rawBody = Buffer.concat(chunks);
    next();
  });
  // A client that leaves while sending gets no answer; there is nothing to go on with.
  request.on('error', () => response.destroy());
}

/** Path and query as received. */
export function urlOf(request: IncomingMessage): string {
  return request.url ?? '/';
}

/** The path as received: no query, nothing decoded. */
export function pathOf(request: IncomingMessage): string {
  const url = urlOf(request);
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** Every header by its name as sent; a header sent twice has a list of values. */
export function headersAsSent(request: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    const value = request.rawHeaders[index + 1] ?? '';
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return headers;
}

/** All values of a header, whatever the case of its name. */
export function headerValues(request: IncomingMessage, name: string): string[] {
  return request.headersDistinct[name.toLowerCase()] ?? [];
}
