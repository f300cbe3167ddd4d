import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { SnapAuthorisation } from '../tokens/snap-authorisation.js';
import { TokenKeeper } from '../tokens/token-keeper.js';
import { NON_SNAP_AUTHORISATION } from './authorisation.js';
import { CallDeadline } from './call-deadline.js';
import { CallRunner } from './call-runner.js';
import type { DokuCallOptions } from './doku-call-options.js';
import type { DokuOperation } from './doku-operation.js';
import { prepareCall } from './prepared-call.js';

/**
 * Makes signed calls: validate, serialise once, get the tokens, sign, send, check the answer, classify.
 *
 * Channel services are built on it. Use it directly for an operation of DOKU that has no service here.
 */
@Injectable()
export class DokuClient {
  /** @internal Made by Nest. */
  constructor(
    private readonly runner: CallRunner,
    private readonly tokens: TokenKeeper,
    private readonly merchants: MerchantRegistry,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  /**
   * Checks a call without making it, for services that have to ask something first.
   *
   * @internal
   * @throws DokuValidationError when the request breaks a rule
   */
  check<Request extends object>(
    operation: DokuOperation<Request>,
    request: Request,
    options: DokuCallOptions,
  ): void {
    prepareCall(operation, request, options, this.merchants.named(options.merchant));
  }

  /**
   * Makes one call of any operation.
   *
   * @throws DokuValidationError when the request breaks a rule; nothing was sent
   * @throws DokuConfigurationError when SNAP is called without the merchant's `privateKey`; nothing was sent
   * @throws DokuUnavailableError when nothing reached DOKU, a read got no answer, or no token was to be had
   * @throws DokuApiError when DOKU refused
   * @throws DokuAuthenticationError when DOKU refused the credentials, the token or the clock
   * @throws DokuOutcomeUnknownError when a call that changes something may have been carried out
   * @throws DokuSignatureError when the answer to a read is not signed as it must be, or is for another call
   */
  async request<Request extends object, Response>(
    operation: DokuOperation<Request, Response>,
    request: Request,
    options: DokuCallOptions = {},
  ): Promise<Response> {
    const merchant = this.merchants.named(options.merchant);
    const call = prepareCall(operation, request, options, merchant);
    const authorisation =
      operation.scheme === 'snap'
        ? new SnapAuthorisation(this.tokens, call, this.options)
        : NON_SNAP_AUTHORISATION;
    const { timeoutMs = this.options.http.timeoutMs, signal } = options;
    const response = await this.runner.run(
      call,
      authorisation,
      new CallDeadline(timeoutMs, signal),
    );
    // `mandatory` and `normalise` of the operation vouch for the shape that `Response` promises.
    return response as Response;
  }
}
