import { DokuValidationError } from '../../errors/doku-validation.error.js';
import { isObject } from '../../http/members.js';

/**
 * What a browser brought along, as a URL, its query, or the parsed query of a framework (`@Query()`).
 */
export type RedirectQuery = string | URL | URLSearchParams | Readonly<Record<string, unknown>>;

/** Parameters of the redirect after the customer has set a PIN. */
export interface UnverifiedWalletAccount {
  /**
   * Whoever opens the page decides what stands here. Look for a pending creation of this very customer with
   * `partnerReferenceNo`, and confirm `accountId` with `inquireAccount`, before either is stored or used.
   * That an account exists does not make it this customer's: for `customer: { accountId }` wait until this
   * customer's browser is back from the page of `bindAccount`, and the inquiry tells the `linkId` of that binding.
   */
  readonly unverified: {
    readonly accountId: string;
    readonly partnerReferenceNo: string;
    /** Such as `SUCCESS`. Proves nothing. */
    readonly status: string;
  };
}

/** Parameters of the redirect after the customer has agreed to a binding. */
export interface UnverifiedWalletAuthCode {
  /**
   * Whoever opens the page decides what stands here: another customer's authCode would bind that one's account.
   * Take it only for the pending binding that the one-time value in your own `redirectUrl` names.
   */
  readonly unverified: {
    /** In clear, to be used once. A secret: do not log it. */
    readonly authCode: string;
  };
}

/**
 * Reads the redirect that follows the PIN page of `createAccount` (reference wallet 3).
 *
 * @throws DokuValidationError when a parameter is missing, there twice or not of its form; it repeats no value
 */
export function readWalletAccountRedirect(query: RedirectQuery): UnverifiedWalletAccount {
  return {
    unverified: readParameters(query, {
      accountId: /^[\x21-\x7e]{1,64}$/,
      partnerReferenceNo: /^[\x20-\x7e]{1,64}$/,
      status: /^[A-Za-z_-]{1,32}$/,
    }),
  };
}

/**
 * Reads the redirect that follows the page of `bindAccount` (reference wallet 4).
 *
 * @throws DokuValidationError when `authCode` is missing, there twice or not of its form; it repeats no value
 */
export function readWalletBindingRedirect(query: RedirectQuery): UnverifiedWalletAuthCode {
  return { unverified: readParameters(query, { authCode: /^[\x21-\x7e]{1,2048}$/ }) };
}

function readParameters<Name extends string>(
  query: RedirectQuery,
  forms: Readonly<Record<Name, RegExp>>,
): Readonly<Record<Name, string>> {
  const values = valuesOf(query);
  const problems: string[] = [];
  const read = {} as Record<Name, string>;
  for (const [name, form] of Object.entries(forms) as [Name, RegExp][]) {
    const given = values(name);
    const [value] = given;
    if (given.length === 0) problems.push(`${name} is missing from the redirect`);
    else if (given.length > 1) problems.push(`${name} is in the redirect ${given.length} times`);
    else if (typeof value === 'string' && form.test(value)) read[name] = value;
    else problems.push(`${name} of the redirect has not its form`);
  }
  if (problems.length > 0) {
    throw new DokuValidationError(problems, {
      operation: 'wallet redirect',
      fix: 'Answer 400: this is not how DOKU sends a browser back.',
    });
  }
  return read;
}

/** All values of a parameter, so that a second one is not overlooked. */
function valuesOf(query: RedirectQuery): (name: string) => readonly unknown[] {
  if (query instanceof URLSearchParams) return (name) => query.getAll(name);
  if (query instanceof URL) return (name) => query.searchParams.getAll(name);
  if (typeof query === 'string') {
    const text = query.slice(query.indexOf('?') + 1).replace(/#.*$/s, '');
    return valuesOf(new URLSearchParams(text));
  }
  return (name) => {
    const value = isObject(query) && Object.hasOwn(query, name) ? query[name] : undefined;
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? (value as readonly unknown[]) : [value];
  };
}
