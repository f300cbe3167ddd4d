import { createSecretKey, type KeyObject } from 'node:crypto';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';

/** Texts that stand in sample files until somebody fills in the real value. */
const PLACEHOLDERS = [
  /^(<.*>|\[.*\]|\{.*\}|%.*%|\$.*)$/,
  // Words only: a real secret holds digits as well.
  /^((sk|mch|brn|doku)[-_])?(your|change|replace|placeholder|example|sample|dummy)[a-z_.-]*$/i,
  /^((sk|mch|brn|doku)[-_])?(my|insert|enter|paste|put|fill)[-_.][a-z_.-]*$/i,
  /^(todo|tbd|fixme|undefined|null|none|nil)$/i,
  /^((sk|mch|brn|doku)[-_])?([x*.#0-]{3,}|(.)\4+)$/i,
];

/**
 * A credential that is a text: present, not blank, without stray white space, not a sample's placeholder.
 *
 * @throws DokuConfigurationError that names the option, never the value
 */
export function checkCredential(value: unknown, option: string): string {
  const where = "Copy it from DOKU's Back Office; in most apps it comes from the environment.";
  if (value === undefined || value === null) {
    throw new DokuConfigurationError('is missing', option, where);
  }
  if (typeof value !== 'string') {
    throw new DokuConfigurationError(`must be a text, given ${typeof value}`, option, where);
  }
  if (value.trim() === '') throw new DokuConfigurationError('is blank', option, where);
  if (/\s/.test(value)) {
    throw new DokuConfigurationError(
      'contains white space or a line break',
      option,
      'Remove it; it often comes from copying, or from the end of a file.',
    );
  }
  if (PLACEHOLDERS.some((placeholder) => placeholder.test(value))) {
    throw new DokuConfigurationError('is still a placeholder', option, where);
  }
  return value;
}

/** A secret as a `KeyObject`, which no log or `util.inspect` can print. */
export function parseSecret(value: unknown, option: string): KeyObject {
  return createSecretKey(Buffer.from(checkCredential(value, option)));
}

/**
 * The key that decrypts authCodes of the wallet: 16, 24 or 32 bytes, which choose AES-128, 192 or 256
 * (reference wallet B.4).
 */
export function parseAuthCodeKey(value: unknown, option: string): KeyObject {
  const key = parseSecret(value, option);
  const bytes = key.symmetricKeySize ?? 0;
  if ([16, 24, 32].includes(bytes)) return key;
  throw new DokuConfigurationError(
    `has ${bytes} bytes, and an AES key has 16, 24 or 32`,
    option,
    'Ask DOKU for the key that decrypts the authCode of an account inquiry; it is another one than secretKey.',
  );
}
