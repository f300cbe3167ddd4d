import { KeyObject } from 'node:crypto';

import { DokuValidationError } from '../errors/doku-validation.error.js';

/**
 * Refuses a text that must not become part of a signed string: a line break would let one header value
 * pass for two, and an unpaired surrogate has no bytes of its own, so that two texts would sign alike.
 */
export function assertSignable(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw new DokuValidationError([`${name} must be a text, given ${typeof value}`]);
  }
  if (/[\r\n]/.test(value)) {
    throw new DokuValidationError([`${name} must not contain a line break`]);
  }
  if (!value.isWellFormed()) {
    throw new DokuValidationError([`${name} must not contain half of a surrogate pair`]);
  }
}

/** Refuses a body that is neither bytes nor a text that stands for exactly one sequence of bytes. */
export function assertBody(body: unknown): asserts body is string | Uint8Array {
  if (typeof body === 'string') {
    if (body.isWellFormed()) return;
    throw new DokuValidationError(['body must not contain half of a surrogate pair']);
  }
  if (!(body instanceof Uint8Array)) {
    throw new DokuValidationError([
      'body must be the bytes or the exact text that is sent, not an object: serialise it once, sign and send that',
    ]);
  }
}

/** Refuses a key that would make every forgery look genuine: an empty one, or one of another kind. */
export function assertSecretKey(key: unknown): asserts key is string | KeyObject {
  const usable =
    typeof key === 'string' ? key !== '' : key instanceof KeyObject && key.type === 'secret';
  if (!usable) {
    throw new DokuValidationError(['secretKey must be a non-empty text or a secret KeyObject']);
  }
}
