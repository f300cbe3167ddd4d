import { createHmac, randomBytes } from 'node:crypto';
import { isJsonObject } from '../engine/json.js';

/** Fingerprints are shown, and card numbers are few enough to be tried out against a bare hash. */
const KEY = randomBytes(32);

/** Equal for requests with the same content, whatever the order of their members. */
export function fingerprintOf(...parts: readonly unknown[]): string {
  return createHmac('sha256', KEY)
    .update(JSON.stringify(parts.map(sortMembers)))
    .digest('hex');
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, sortMembers(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
