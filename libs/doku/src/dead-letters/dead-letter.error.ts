const BRAND = Symbol.for('nestjs-doku:dead-letter');

/**
 * Thrown by a listener for an event that no further attempt can help: with durable delivery the event is
 * dead-lettered for that listener at once, and an alarm is raised. With inline delivery it is a failure like
 * any other: DOKU is answered 500, and sends again.
 */
export class DeadLetterError extends Error {
  /** What a person reads in the dead letter. No secret, no data of a customer: it is logged and kept. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'DeadLetterError';
    this.reason = reason;
    // Not enumerable: no log of the error shows it.
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether a listener gave an event up, also by another copy of this library. Never throws. */
export function isDeadLetterError(value: unknown): value is DeadLetterError {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      Reflect.get(value, BRAND) === true &&
      typeof Reflect.get(value, 'reason') === 'string'
    );
  } catch {
    return false;
  }
}
