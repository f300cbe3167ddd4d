import { DokuError } from './doku.error.js';

/** DOKU refused the call: nothing was charged, and asking the same again will not help unless `retryable`. */
export class DokuApiError extends DokuError {
  readonly code = 'refused';
}
