import { DokuError } from './doku.error.js';

/** The options given to `DokuModule` cannot work. Thrown while the app starts. */
export class DokuConfigurationError extends DokuError {
  readonly code = 'configuration';

  constructor(
    message: string,
    /** The option to change, as a path: `merchants.shop2.secretKey`. */
    readonly option: string,
    fix: string,
  ) {
    super(`${option}: ${message}. ${fix}`, { fix });
  }
}
