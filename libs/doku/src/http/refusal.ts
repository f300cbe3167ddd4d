import { isObject } from './members.js';

/** What an error answer says, in whichever of DOKU's shapes (reference non-snap 6). */
export interface Refusal {
  readonly responseCode?: string;
  readonly responseMessage?: string;
}

/** Bounds the work that a hostile text can cause; `redact` shortens it further. */
const MAX_READ_CHARACTERS = 10_000;

/** Reads an error body. Unknown shapes give nothing; nothing makes it throw. */
export function readRefusal(body: unknown): Refusal {
  if (!isObject(body)) return {};
  const error = isObject(body.error) ? body.error : {};
  const code = [error.code, error.type, body.response_code, body.responseCode].find(isText);
  const message = [
    error.message,
    joined(body.error_messages),
    joined(body.message),
    body.responseMessage,
    body.response_message,
    body.error,
  ].find(isText);
  return {
    ...(code === undefined ? {} : { responseCode: oneLine(code) }),
    ...(message === undefined ? {} : { responseMessage: oneLine(message) }),
  };
}

function isText(value: unknown): value is string | number {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function joined(value: unknown): unknown {
  return Array.isArray(value) ? value.filter(isText).join('; ') : value;
}

function oneLine(text: string | number): string {
  return String(text)
    .slice(0, MAX_READ_CHARACTERS)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
