import { DokuError } from './doku.error.js';

/** The answer to a read does not carry DOKU's signature, or carries a wrong one. */
export class DokuSignatureError extends DokuError {
  readonly code = 'signature';
}
