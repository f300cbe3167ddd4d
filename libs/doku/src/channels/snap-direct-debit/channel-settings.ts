import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import { isObject } from '../../http/members.js';

/** @throws DokuConfigurationError unless it is an object, or left out, that has none but the named members */
export function checkSettings(
  given: unknown,
  names: readonly string[] | undefined,
  option: string,
): void {
  if (given === undefined) return;
  if (!isObject(given)) {
    throw new DokuConfigurationError('must be an object', option, 'Leave it out for the defaults.');
  }
  if (!names) return;
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new DokuConfigurationError(
        'is not known',
        `${option}.${name}`,
        `Use one of ${names.join(', ')}.`,
      );
    }
  }
}

/** @throws DokuConfigurationError unless it could be a channel's code, such as `DIRECT_DEBIT_ALLO_SNAP` */
export function checkChannelCode(value: unknown, option: string): string {
  return checkText(
    value,
    /^[A-Za-z0-9_-]{1,64}$/,
    option,
    'is not the code of a channel',
    'Give letters, digits, "_" and "-", such as "DIRECT_DEBIT_ALLO_SNAP".',
  );
}

/** @throws DokuConfigurationError unless it is two digits, as a text */
export function checkServiceCode(value: unknown, option: string): string {
  return checkText(value, /^\d{2}$/, option, 'is not a service code', 'Give two digits, "55".');
}

/** @throws DokuConfigurationError unless the text matches */
export function checkText(
  value: unknown,
  pattern: RegExp,
  option: string,
  problem: string,
  fix: string,
): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new DokuConfigurationError(problem, option, fix);
}
