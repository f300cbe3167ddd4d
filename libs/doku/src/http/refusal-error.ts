import { DokuApiError, type DokuOtpProblem } from '../errors/doku-api.error.js';
import { DokuAuthenticationError } from '../errors/doku-authentication.error.js';
import type { DokuError, DokuErrorDetails } from '../errors/doku.error.js';
import { otpProblem } from './otp-problem.js';
import { type SnapResponseCode, snapResponseCode } from './snap-response-codes.js';

/** What decides how a refusal is read. */
interface RefusedCall {
  readonly scheme: 'snap' | 'non-snap';
  readonly tokenWasReplaced: boolean;
  /** SNAP: cases of a 401 that may mean the customer's token as well as the merchant's. */
  readonly doubtfulTokenCases?: readonly string[] | undefined;
}

/** The error for a refusal: whose fault it is, and what to change. */
export function refusalError(
  status: number,
  known: Omit<DokuErrorDetails, 'fix'>,
  call: RefusedCall,
): DokuError {
  const said = [known.responseCode, known.responseMessage].filter((part) => part !== undefined);
  const message = `${known.operation ?? 'the call'} was refused with HTTP ${status}${said.length > 0 ? `: ${said.join(' ')}` : ''}`;
  const code = call.scheme === 'snap' ? snapResponseCode(known.responseCode ?? '') : undefined;
  if (status === 401) {
    return new DokuAuthenticationError(message, {
      ...known,
      fix: fixOfUnauthorised(code, call),
    });
  }
  const retryable = status === 429 || code?.retry === 'back-off';
  const otp = otpProblem(known, code);
  return new DokuApiError(message, {
    ...known,
    retryable,
    otpProblem: otp,
    fix: otp === undefined ? fixOf(code, retryable) : OTP_FIXES[otp],
  });
}

const OTP_FIXES: Readonly<Record<DokuOtpProblem, string>> = {
  wrong: 'The customer has to act: ask for the OTP again; the tries are counted.',
  expired: 'The customer has to act: have another OTP sent, and ask for that one.',
  blocked: 'The customer has to act, or to wait: no OTP is taken for now.',
};

const CHECK_CREDENTIALS =
  'Check clientId and secretKey against the Back Office of this environment, and the clock of this machine.';

const ANOTHER_PROCESS =
  'Another process may be requesting tokens with this client id: share them through tokens.store, with a lock.';

function fixOfUnauthorised(
  code: SnapResponseCode | undefined,
  { tokenWasReplaced, doubtfulTokenCases = [] }: RefusedCall,
): string {
  if (code === undefined) return CHECK_CREDENTIALS;
  if (code.service === 'b2b2c-token') {
    return 'DOKU exchanges this authCode or refresh token no more: most likely the customer has unlinked the account (mark the binding inactive, and ask the customer to bind again) or has not finished binding it. If it happens for every customer, check clientId and privateKey.';
  }
  if (code.service === 'b2b-token') {
    return 'Check clientId, and that the public half of privateKey is registered in the Back Office of this environment; then the clock of this machine.';
  }
  switch (code.case) {
    case '02':
    case '04':
      return tokenWasReplaced
        ? "DOKU takes the customer's token no more, not even a new one: ask the customer to bind the account again."
        : 'Give a new access token of this customer, or { authCode }, from which new ones are obtained. If DOKU refuses that too, ask the customer to bind the account again.';
    case '01':
    case '03':
      return doubtfulTokenCases.includes(code.case)
        ? `DOKU refuses a token and does not say whose. ${ANOTHER_PROCESS} Or it is the customer's that DOKU takes no more: ask the customer to bind the account again.`
        : `DOKU refuses a token that it has just given. ${ANOTHER_PROCESS}`;
    default:
      return CHECK_CREDENTIALS;
  }
}

function fixOf(code: SnapResponseCode | undefined, retryable: boolean): string {
  if (retryable) return 'Call less often, and again later.';
  if (code?.retry === 'check-status') {
    return 'DOKU may only not know it yet: ask again, not before 60 seconds after the customer has paid. Fail no order on one such answer.';
  }
  switch (code?.actor) {
    case 'customer':
      return `The customer has to act: ${code.meaning}.`;
    case 'doku':
      return `Ask DOKU, with the externalId: ${code.meaning}.`;
    case 'merchant':
      return `Change the request, or your contract with DOKU: ${code.meaning}. The same request will be refused again.`;
    default:
      return 'See responseCode and responseMessage; the same request will be refused again.';
  }
}
