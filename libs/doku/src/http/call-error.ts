import type { DokuError } from '../errors/doku.error.js';
import { DokuOutcomeUnknownError } from '../errors/doku-outcome-unknown.error.js';
import { DokuSignatureError } from '../errors/doku-signature.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import type { PreparedCall } from './prepared-call.js';
import { redact } from './redaction.js';
import { refusalError } from './refusal-error.js';
import type { Refusal } from './refusal.js';
import type { Verdict } from './verdict.js';

/** What is known beside the last verdict. */
export interface CallHistory {
  /**
   * Whether an earlier attempt may have been carried out: then even a refusal of the last one is no proof
   * that nothing happened.
   */
  readonly sentBefore: boolean;
  /** Why the call was ended early, if it was. */
  readonly ended: string | undefined;
  /** What must not appear in the message, beside what the request holds. */
  readonly secrets: readonly string[];
  /** SNAP: whether a refused token was replaced by a new one, and refused again. */
  readonly tokenWasReplaced: boolean;
}

/** The error that a call ends with. */
export function callError(
  verdict: Exclude<Verdict, { kind: 'answered' }>,
  call: PreparedCall,
  { sentBefore, ended, secrets, tokenWasReplaced }: CallHistory,
): DokuError {
  const { operation, merchant, id, reference } = call;
  const isRead = operation.effect === 'read';
  const known = {
    operation: operation.name,
    merchant: merchant.name,
    ...id,
    reference,
    ...('status' in verdict ? { httpStatus: verdict.status } : {}),
    ...redacted('refusal' in verdict ? verdict.refusal : undefined, call, secrets),
  };
  const reason = ended ?? ('reason' in verdict ? verdict.reason : `HTTP ${verdict.status}`);

  if (!isRead && (verdict.kind === 'untrusted' || sentBefore)) {
    return new DokuOutcomeUnknownError(
      `${operation.name} was sent, and no trustworthy answer came: ${reason}`,
      { ...known, fix: `It may have been carried out. ${operation.recovery ?? ASK_FOR_STATUS}` },
    );
  }
  switch (verdict.kind) {
    case 'refused':
      return refusalError(verdict.status, known, {
        scheme: operation.scheme,
        tokenWasReplaced,
        doubtfulTokenCases: operation.doubtfulTokenCases,
      });
    case 'untrusted':
      if (verdict.forged) {
        return new DokuSignatureError(`${operation.name}: the answer is refused, ${reason}`, {
          ...known,
          retryable: true,
          fix:
            operation.scheme === 'snap'
              ? 'Check baseUrl: something between this app and DOKU mixes answers up.'
              : 'Check secretKey (or previousSecretKeys while it rotates) and baseUrl; "http.verifyResponses" decides what is asked of answers.',
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

/** A token was refused, and the call ended before a new one came. */
export function noTokenInTime(
  { operation, merchant, id, reference }: PreparedCall,
  httpStatus: number,
  ended = 'the call ended',
): DokuError {
  return new DokuUnavailableError(
    `${operation.name}: DOKU refused a token, and no new one came in time: ${ended}`,
    {
      operation: operation.name,
      merchant: merchant.name,
      ...id,
      reference,
      httpStatus,
      fix: 'Nothing was carried out. Try again, or allow more time.',
    },
  );
}

const ASK_FOR_STATUS =
  'Ask for the status (checkStatus of the channel, or DokuOrderService.checkStatus for non-SNAP; not before 60 seconds), or wait for the notification. Do not try again with a new reference or Request-Id before that.';

const MAX_CODE_CHARACTERS = 64;
const MAX_MESSAGE_CHARACTERS = 300;

function redacted(
  { responseCode, responseMessage }: Refusal = {},
  { content, merchant, id, reference }: PreparedCall,
  ofTheCall: readonly string[],
): Refusal {
  const secrets = [
    ...merchant.acceptedSecretKeys.map((key) => key.export().toString()),
    ...ofTheCall,
  ];
  // Shortened last: half a secret would not be recognised.
  const safe = (text: string, length: number): string =>
    redact(text, [content, secrets], [id.requestId, id.externalId, reference]).slice(0, length);
  return {
    ...(responseCode === undefined
      ? {}
      : { responseCode: safe(responseCode, MAX_CODE_CHARACTERS) }),
    ...(responseMessage === undefined
      ? {}
      : { responseMessage: safe(responseMessage, MAX_MESSAGE_CHARACTERS) }),
  };
}
