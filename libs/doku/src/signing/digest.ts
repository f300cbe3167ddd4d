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

/**
 * Whether a body hash of a received call matches: that of the bytes as they came, then of the same bytes
 * without white space outside strings. Never of a body that was parsed and written anew: that would turn
 * `1.10` into `1.1` (reference snap 3.2).
 */
export function matchesSnapBodyHash(
  body: string | Uint8Array,
  matches: (bodyHash: string) => boolean,
): boolean {
  assertBody(body);
  if (matches(hash('sha256', body, 'hex'))) return true;
  const minified = typeof body === 'string' ? minifyJson(body) : minifyJsonBytes(body);
  return minified !== body && matches(hash('sha256', minified, 'hex'));
}
