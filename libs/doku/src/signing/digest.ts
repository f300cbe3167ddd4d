import { hash } from 'node:crypto';

import { minifyJson, minifyJsonBytes } from './minify-json.js';
import { assertBody } from './signed-text.js';

/** Value of the `Digest` line: base64 of the SHA-256 of the body as sent (reference non-snap 2.1). */
export function createDigest(body: string | Uint8Array): string {
  assertBody(body);
  return hash('sha256', body, 'base64');
}

/** Lower-case hex of the SHA-256 of the minified body (reference snap 3.2). */
export function hashSnapBody(body: string | Uint8Array): string {
  assertBody(body);
  const minified = typeof body === 'string' ? minifyJson(body) : minifyJsonBytes(body);
  return hash('sha256', minified, 'hex');
}
