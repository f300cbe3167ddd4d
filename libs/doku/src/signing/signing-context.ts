import type { ResolvedMerchant } from '../options/resolved-doku-options.js';

/**
 * What the signing interceptor has to know about a request. A class, because axios copies plain objects
 * in its configuration and passes instances on as they are.
 */
export class SigningContext {
  constructor(
    readonly scheme: 'non-snap',
    readonly merchant: ResolvedMerchant,
    readonly requestId: string,
  ) {}
}
