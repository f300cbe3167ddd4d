import { valueAt } from './json.js';

/** What an error says. Not by `instanceof`: errors of another realm, such as Jest's, count too. */
export function messageOf(error: unknown): string {
  const message = valueAt(error, 'message');
  // Node reports several refused addresses as one error without a message.
  if (typeof message === 'string' && message !== '') return message;
  return codeOf(error);
}

/** Node's code of an error, such as `EADDRINUSE`; its text when it has none. */
export function codeOf(error: unknown): string {
  const code = valueAt(error, 'code');
  return typeof code === 'string' ? code : String(error);
}
