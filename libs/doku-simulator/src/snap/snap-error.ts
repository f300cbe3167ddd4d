/** The longest `responseMessage` (snap reference 8). */
const LONGEST_MESSAGE = 150;

/** A refusal on SNAP: an HTTP status and a case, which make a response code with the service's. */
export class SnapError extends Error {
  override readonly name = 'SnapError';

  constructor(
    readonly status: number,
    /** Two digits (snap reference 13). */
    readonly caseCode: string,
    /** The documented words and what to change; only its beginning fits into the answer. */
    message: string,
  ) {
    super(message);
  }

  static missing(field: string, hint = ''): SnapError {
    return new SnapError(400, '02', `Invalid Mandatory Field ${field}${hint && `: ${hint}`}`);
  }

  static malformed(field: string, complaint: string): SnapError {
    return new SnapError(400, '01', `Invalid Field Format ${field}: ${complaint}`);
  }

  static unauthorized(reason: string): SnapError {
    return new SnapError(401, '00', `Unauthorized. ${reason}`);
  }

  toBody(serviceCode: string): SnapAnswerHead {
    return answerHead(`${this.status}${serviceCode}${this.caseCode}`, this.message);
  }
}

/** What every SNAP answer begins with. */
export interface SnapAnswerHead {
  readonly responseCode: string;
  readonly responseMessage: string;
}

export function answerHead(responseCode: string, message: string): SnapAnswerHead {
  const responseMessage =
    message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message;
  return { responseCode, responseMessage };
}
