import type { HttpStatus } from '@nestjs/common';

/** What the page can tell its reader apart. */
export type ShopErrorCode =
  | 'invalid-input'
  | 'not-found'
  /** Another step of the same order is still under way. */
  | 'busy'
  /** Nothing was charged; the same may be tried again. */
  | 'gateway-unavailable'
  /** It may have been charged: ask for the status, do not pay again. */
  | 'outcome-unknown'
  /** The bank said no; nothing was charged. */
  | 'refused'
  | 'otp-wrong'
  | 'otp-expired'
  /** No code is taken for now: it was wrong too often. */
  | 'otp-blocked'
  /** The order does not wait for a code. */
  | 'otp-not-expected'
  | 'refund-not-possible'
  /** The customer has to link an Allo account, or link it again. */
  | 'account-not-linked'
  /** The customer has linked an Allo account already. */
  | 'account-linked'
  /** The Allo account is linked to somebody else. */
  | 'account-taken'
  | 'balance-too-low'
  /** The amounts do not match; a person has to look before anything else is charged. */
  | 'under-review'
  /** Credentials or requests of the shop are wrong; the customer cannot mend that. */
  | 'shop-misconfigured'
  /** Inline delivery has nothing of the kind. */
  | 'durable-delivery-needed'
  /** Redis or PostgreSQL, where events are kept, does not answer. */
  | 'events-unreachable'
  | 'internal';

/** Something that the shop tells its customer; `message` is shown as it is. */
export class ShopError extends Error {
  override readonly name = 'ShopError';

  constructor(
    readonly code: ShopErrorCode,
    readonly status: HttpStatus,
    message: string,
    /** Lets the customer quote the call to the shop's support. */
    readonly requestId?: string,
  ) {
    super(message);
  }
}
