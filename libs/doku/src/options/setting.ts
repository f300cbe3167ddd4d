import { DokuConfigurationError } from '../errors/doku-configuration.error.js';

/** @throws DokuConfigurationError unless the value is one of the choices */
export function checkChoice<const Choice extends string>(
  value: Choice,
  choices: readonly Choice[],
  option: string,
): Choice {
  if (choices.includes(value)) return value;
  throw new DokuConfigurationError(
    `does not know "${value}"`,
    option,
    `Use ${choices.map((choice) => `"${choice}"`).join(' or ')}.`,
  );
}

/** @throws DokuConfigurationError unless the value is `true` or `false` */
export function checkSwitch(value: boolean, option: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new DokuConfigurationError(
    `must be true or false, given ${typeof value as string}`,
    option,
    'A value from the environment is a text: compare it with "true".',
  );
}

/** A timer cannot wait longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whether a value is a whole number of milliseconds above 0 that a timer can wait (about 24 days). */
export function isDuration(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= LONGEST_TIMER_MS;
}

/** @throws DokuConfigurationError unless {@link isDuration} */
export function checkDuration(value: number, option: string): number {
  if (isDuration(value)) return value;
  throw new DokuConfigurationError(
    `must be a whole number of milliseconds above 0, given ${String(value)}`,
    option,
    'For half a minute write 30_000.',
  );
}

/**
 * A route or a part of one, as `/segment/segment`; `''` only where `mayBeEmpty`.
 *
 * @throws DokuConfigurationError for anything that is not a plain path
 */
export function checkPath(value: unknown, option: string, mayBeEmpty = false): string {
  const path = typeof value === 'string' ? value.replace(/^\/+|\/+$/g, '') : undefined;
  if (path === '' && mayBeEmpty) return '';
  if (!path || !/^[A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*$/.test(path)) {
    throw new DokuConfigurationError(
      'is not a plain path',
      option,
      'Give letters, digits, ".", "_", "~", "-" and "/", such as "doku/notifications"; no host, no query.',
    );
  }
  return `/${path}`;
}
