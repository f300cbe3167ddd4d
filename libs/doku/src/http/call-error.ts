import type { DokuError } from '../errors/doku.error.js';
import { DokuApiError } from '../errors/doku-api.error.js';
import { DokuAuthenticationError } from '../errors/doku-authentication.error.js';
import { DokuOutcomeUnknownError } from '../errors/doku-outcome-unknown.error.js';
import { DokuSignatureError } from '../errors/doku-signature.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import type { PreparedCall } from './prepared-call.js';
import { redact } from './redaction.js';
import type { Refusal } from './refusal.js';
import type { Verdict } from './verdict.js';

/**
 * The error that a call ends with.
 *
 * @param sentBefore whether an earlier attempt may have been carried out: then even a refusal of the last
 *   one is no proof that nothing happened
 * @param ended why the call was ended early, if it was
 */
export function callError(
  verdict: Exclude<Verdict, { kind: 'answered' }>,
  call: PreparedCall,
  sentBefore: boolean,
  ended: string | undefined,
): DokuError {
  const { operation, merchant, requestId, reference } = call;
  const isRead = operation.effect === 'read';
  const known = {
    operation: operation.name,
    merchant: merchant.name,
    requestId,
    reference,
    ...('status' in verdict ? { httpStatus: verdict.status } : {}),
    ...redacted('refusal' in verdict ? verdict.refusal : undefined, call),
  };
  const reason = ended ?? ('reason' in verdict ? verdict.reason : `HTTP ${verdict.status}`);

  if (!isRead && (verdict.kind === 'untrusted' || sentBefore)) {
    return new DokuOutcomeUnknownError(
      `${operation.name} was sent, and no trustworthy answer came: ${reason}`,
      { ...known, fix: WHAT_TO_DO_WHEN_UNKNOWN },
    );
  }
  switch (verdict.kind) {
    case 'refused':
      return refusal(verdict.status, known);
    case 'untrusted':
      if (verdict.forged) {
        return new DokuSignatureError(`${operation.name}: the answer is refused, ${reason}`, {
          ...known,
          retryable: true,
          fix: 'Check secretKey (or previousSecretKeys while it rotates) and baseUrl; "http.verifyResponses" decides what is asked of answers.',
        });
      }
      return new DokuUnavailableError(`${operation.name} got no usable answer: ${reason}`, {
        ...known,
        fix: 'Nothing was changed. Try again later.',
      });
    case 'not-sent':
      return new DokuUnavailableError(`${operation.name} did not reach DOKU: ${reason}`, {
        ...known,
        fix: 'Nothing was sent. Check baseUrl and the network if it lasts, then call again.',
      });
  }
}

const WHAT_TO_DO_WHEN_UNKNOWN =
  'It may have been carried out. Ask for the status (DokuOrderService.checkStatus, not before 60 seconds), or wait for the notification. Do not try again with a new reference or Request-Id before that.';

interface Known {
  readonly operation: string;
  readonly httpStatus?: number | undefined;
  readonly responseCode?: string | undefined;
  readonly responseMessage?: string | undefined;
}

function refusal(status: number, known: Known): DokuError {
  const said = [known.responseCode, known.responseMessage].filter((part) => part !== undefined);
  const message = `${known.operation} was refused with HTTP ${status}${said.length > 0 ? `: ${said.join(' ')}` : ''}`;
  if (status === 401) {
    return new DokuAuthenticationError(message, {
      ...known,
      fix: 'Check clientId and secretKey against the Back Office of this environment, and the clock of this machine.',
    });
  }
  return new DokuApiError(message, {
    ...known,
    retryable: status === 429,
    fix:
      status === 429
        ? 'Call less often, and again later.'
        : 'See responseCode and responseMessage; the same request will be refused again.',
  });
}

const MAX_CODE_CHARACTERS = 64;
const MAX_MESSAGE_CHARACTERS = 300;

function redacted(
  { responseCode, responseMessage }: Refusal = {},
  { content, merchant, requestId, reference }: PreparedCall,
): Refusal {
  const secrets = merchant.acceptedSecretKeys.map((key) => key.export().toString());
  // Shortened last: half a secret would not be recognised.
  const safe = (text: string, length: number): string =>
    redact(text, [content, secrets], [requestId, reference]).slice(0, length);
  return {
    ...(responseCode === undefined
      ? {}
      : { responseCode: safe(responseCode, MAX_CODE_CHARACTERS) }),
    ...(responseMessage === undefined
      ? {}
      : { responseMessage: safe(responseMessage, MAX_MESSAGE_CHARACTERS) }),
  };
}
