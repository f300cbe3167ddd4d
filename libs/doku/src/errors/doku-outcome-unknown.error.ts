import { DokuError, type DokuErrorDetails } from './doku.error.js';

/**
 * A call that changes something was sent, and no trustworthy answer came. It may have been carried out.
 * Ask for the status, or wait for the notification, before anything is tried with a new reference.
 */
export class DokuOutcomeUnknownError extends DokuError {
  readonly code = 'outcome-unknown';

  constructor(message: string, details: Omit<DokuErrorDetails, 'outcome' | 'retryable'>) {
    super(message, { ...details, outcome: 'unknown', retryable: false });
  }
}
