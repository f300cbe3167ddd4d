import type { KeyObject } from 'node:crypto';

/*
 * What the signing interceptor has to know about a request, one class per scheme. Classes, because axios
 * copies plain objects in its configuration and passes instances on as they are.
 */

/** Signs a non-SNAP call (reference non-snap 1). */
export class NonSnapSigning {
  constructor(
    readonly clientId: string,
    readonly secretKey: KeyObject,
    readonly requestId: string,
    readonly at: Date,
  ) {}
}

/** Signs a request for an access token (reference snap 3.1). */
export class SnapTokenSigning {
  constructor(
    readonly clientId: string,
    readonly privateKey: KeyObject,
    readonly at: Date,
  ) {}
}

/** Signs a SNAP call that carries access tokens (reference snap 3.2, 5). */
export class SnapSigning {
  constructor(
    readonly clientId: string,
    readonly secretKey: KeyObject,
    readonly externalId: string,
    readonly at: Date,
    /** B2B; the only token that takes part in the signature. */
    readonly accessToken: string,
    /** Headers that only some calls have. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

export type SigningContext = NonSnapSigning | SnapTokenSigning | SnapSigning;
