import { DokuError, type DokuErrorDetails } from './doku.error.js';

/**
 * Nothing reached DOKU (name, connection, handshake, abort before sending), or a read got no answer. Of dead letters:
 * the engine of the durable delivery gave none.
 */
export class DokuUnavailableError extends DokuError {
  readonly code = 'unavailable';

  constructor(message: string, details: Omit<DokuErrorDetails, 'outcome' | 'retryable'>) {
    super(message, { ...details, outcome: 'definite', retryable: true });
  }
}
