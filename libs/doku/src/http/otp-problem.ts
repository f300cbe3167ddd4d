import type { DokuOtpProblem } from '../errors/doku-api.error.js';
import type { DokuErrorDetails } from '../errors/doku.error.js';
import type { SnapResponseCode } from './snap-response-codes.js';

/** SNAP says it by its code: HTTP status and case (reference snap 13). */
const SNAP_CASES: ReadonlyMap<string, DokuOtpProblem> = new Map([
  ['404-15', 'wrong'],
  ['403-12', 'expired'],
  ['403-11', 'blocked'],
]);

/**
 * On non-SNAP, DOKU documents no error of an OTP at all (reference non-snap 6). Read are codes and texts such as
 * `INVALID_OTP`, `OTP_EXPIRED`, "The OTP is blocked" or "Maximum OTP retry reached".
 */
const WORDS: readonly (readonly [DokuOtpProblem, RegExp])[] = [
  ['wrong', /\b(invalid|wrong|incorrect|mismatch\w*|not match\w*)\b/],
  ['expired', /\bexpired?\b/],
  [
    'blocked',
    /\b(block|blocked|locked)\b|\b(max|maximum|exceed\w*|too many)\b.*\b(retry|retries|tries|attempts?|limit)\b/,
  ],
];

/** A text about the form of a request ("Invalid format of payment.otp") says nothing about the OTP. */
const ABOUT_FORM = /\b(field|format|length|mandatory|missing|parameter|required|validation)\b/;

/** What is wrong with the OTP, where the refusal is about one and says so. */
export function otpProblem(
  { responseCode, responseMessage }: Pick<DokuErrorDetails, 'responseCode' | 'responseMessage'>,
  code: SnapResponseCode | undefined,
): DokuOtpProblem | undefined {
  if (code !== undefined) return SNAP_CASES.get(`${code.httpStatus}-${code.case}`);
  // The code is DOKU's own word; a text may tell what could still happen ("5 wrong ones block the card").
  const [ofCode, ofMessage] = [plain(responseCode), plain(responseMessage)];
  return problemIn(ofCode) ?? (ABOUT_FORM.test(ofCode) ? undefined : problemIn(ofMessage));
}

function problemIn(words: string): DokuOtpProblem | undefined {
  if (!/\botp\b/.test(words) || ABOUT_FORM.test(words)) return undefined;
  const said = WORDS.filter(([, pattern]) => pattern.test(words));
  // Two of them say nothing: better no advice than the wrong one.
  return said.length === 1 ? said[0]?.[0] : undefined;
}

/** Words in small letters, with one blank between: `INVALID_OTP` is two of them. */
function plain(text = ''): string {
  return text.toLowerCase().replace(/[^a-z]+/g, ' ');
}
