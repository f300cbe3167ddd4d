/** Coarse kind of a refusal, sent as `error.type`. */
export type GatewayErrorType =
  | 'AUTHENTICATION' // headers, credentials, clock, signature
  | 'VALIDATION' // the body breaks a documented rule; nothing was processed
  | 'NOT_FOUND' // no such operation, token, payment or invoice
  | 'CONFLICT' // the Request-Id is already taken by another body
  | 'PAYMENT' // processed, and the answer is no
  | 'SERVER'; // a fault of the simulator, wanted or not

const STATUS_OF: Record<GatewayErrorType, number> = {
  AUTHENTICATION: 401,
  VALIDATION: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYMENT: 400,
  SERVER: 500,
};

/** The error body; DOKU documents none for direct debit, so it follows its siblings (reference 6). */
export interface GatewayErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly type: GatewayErrorType;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

/** A refusal of the gateway; its message tells the developer what to change. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly status: number;

  constructor(
    readonly type: GatewayErrorType,
    readonly code: string,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
    this.status = STATUS_OF[type];
  }

  toBody(): GatewayErrorBody {
    const { code, message, type, details } = this;
    return { error: { code, message, type, ...(details && { details }) } };
  }
}
