import type { NotificationReply } from './notification-reply.js';

/** Service codes of what DOKU calls here (reference snap 7): they stand in the middle of a response code. */
type InboundService = '07' | '56' | '73';

/** The response code is HTTP status, service code and case code, as a text (reference snap 13). */
function snapReply(
  status: NotificationReply['status'],
  service: InboundService,
  caseCode: string,
  responseMessage: string,
): NotificationReply {
  const responseCode = `${status}${service}${caseCode}`;
  return { status, body: JSON.stringify({ responseCode, responseMessage }) };
}

/** Every listener has succeeded: of a payment, and of a binding (reference snap 12.5, 12.6). */
export const PAYMENT_ACCEPTED = snapReply(
  200,
  '56',
  '00',
  'Request has been processed successfully',
);
export const BINDING_ACCEPTED = snapReply(200, '07', '00', 'Successful');

/** Makes DOKU send again. */
export const PAYMENT_NOT_PROCESSED = snapReply(500, '56', '00', 'General Error');
export const BINDING_NOT_PROCESSED = snapReply(500, '07', '00', 'General Error');

/** The same, when the event could not be queued. 503 stands in no list of SNAP codes; the form does. */
export const PAYMENT_UNAVAILABLE = snapReply(503, '56', '00', 'Service Unavailable');
export const BINDING_UNAVAILABLE = snapReply(503, '07', '00', 'Service Unavailable');

/** The answer to everything that is not proved to come from DOKU; the cause goes to our log only. */
export const INVALID_SIGNATURE = snapReply(401, '56', '00', 'Unauthorized. Invalid Signature');
/** The answer when only the token is wrong (reference snap C18). */
export const INVALID_TOKEN = snapReply(401, '56', '01', 'Invalid Token (B2B)');

export const INVALID_TIMESTAMP = snapReply(400, '56', '01', 'Invalid Field Format X-TIMESTAMP');
export const INVALID_BODY = snapReply(400, '56', '01', 'Invalid Field Format body');
/** 413 stands in no list of SNAP codes; the form does. */
export const NOTIFICATION_TOO_LARGE = snapReply(413, '56', '00', 'Request Entity Too Large');

/** Answers of the token endpoint (reference snap 12.2). */
export const TOKEN_UNAUTHORISED = snapReply(401, '73', '00', 'Unauthorized.Invalid Signature');
export const TOKEN_NOT_PROCESSED = snapReply(500, '73', '00', 'General Error');
export const TOKEN_REQUEST_TOO_LARGE = snapReply(413, '73', '00', 'Request Entity Too Large');

/** A field of a token request is not of its format. */
export function invalidTokenField(field: string): NotificationReply {
  return snapReply(400, '73', '01', `Invalid Field Format ${field}`);
}

/** A field of a token request is missing. */
export function missingTokenField(field: string): NotificationReply {
  return snapReply(400, '73', '02', `Invalid Mandatory Field ${field}`);
}

/** The token, as DOKU's own libraries answer it; `expiresIn` in seconds. */
export function issuedToken({
  accessToken,
  expiresIn,
  clientId,
}: {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly clientId: string;
}): NotificationReply {
  // Spelt out, like every other answer: a token holds nothing that JSON would escape.
  const body = `{"responseCode":"2007300","responseMessage":"Successful","accessToken":"${accessToken}","tokenType":"Bearer","expiresIn":${expiresIn},"additionalInfo":""}`;
  return { status: 200, headers: { 'X-CLIENT-KEY': clientId }, body };
}
