import { DokuError, type DokuErrorDetails } from './doku.error.js';

/** The request breaks a rule. Nothing was sent. */
export class DokuValidationError extends DokuError {
  readonly code = 'validation';

  constructor(
    /** One sentence for each broken rule: the field, the limit, and what was given (never its text). */
    readonly problems: readonly string[],
    details: Partial<DokuErrorDetails> = {},
  ) {
    const subject = details.operation === undefined ? '' : `${details.operation}: `;
    super(subject + problems.join('; '), {
      fix: 'Correct the request and call again.',
      ...details,
    });
  }
}
