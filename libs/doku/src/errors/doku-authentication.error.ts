import { DokuError } from './doku.error.js';

/** DOKU refused our credentials, token or clock. */
export class DokuAuthenticationError extends DokuError {
  readonly code = 'authentication';
}
