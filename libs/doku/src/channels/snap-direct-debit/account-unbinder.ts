import { Logger } from '@nestjs/common';

import { DokuValidationError } from '../../errors/doku-validation.error.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { DokuClient } from '../../http/doku-client.js';
import type { DokuOperation } from '../../http/doku-operation.js';
import { readCustomer } from '../../http/scheme-parts.js';
import { isDuration } from '../../options/setting.js';
import type { DokuAccessTokenService } from '../../tokens/doku-access-token.service.js';
import type { SnapUnbindAccountDto } from './account.dto.js';
import type { SnapUnbinding } from './account.responses.js';

/** Ends bindings: the customer's token goes into the body, is fetched anew for it, and forgotten afterwards. */
export class AccountUnbinder {
  private readonly logger: Logger;

  /** @param service name of the channel's service, for the log */
  constructor(
    private readonly client: DokuClient,
    private readonly tokens: DokuAccessTokenService,
    private readonly operation: DokuOperation<SnapUnbindAccountDto, SnapUnbinding>,
    private readonly timeoutMs: number,
    service: string,
  ) {
    this.logger = new Logger(service);
  }

  /** @throws DokuAuthenticationError also when the customer's token is refused: then nothing is bound any more */
  async unbind(
    request: SnapUnbindAccountDto = {},
    options: DokuCallOptions = {},
  ): Promise<SnapUnbinding> {
    const { customer, timeoutMs = this.timeoutMs, ...others } = options;
    const { tokenId, ...rest } = request;
    const started = performance.now();
    if (tokenId === undefined) {
      // Before DOKU is asked for a token that nothing would come of.
      this.client.check(this.operation, { ...rest, tokenId: 'to-come' }, others);
    }
    const given = { ...rest, tokenId: tokenId ?? (await this.tokenOf(options)) };
    const unbinding = await this.client.request(this.operation, given, {
      ...others,
      timeoutMs: isDuration(timeoutMs) ? remaining(timeoutMs, started) : timeoutMs,
    });
    if (customer) await this.forget(options, customer);
    return unbinding;
  }

  private async tokenOf(options: DokuCallOptions): Promise<string> {
    const { customer } = options;
    if (!customer) {
      throw new DokuValidationError(['give tokenId, or the customer in the options'], {
        operation: this.operation.name,
        merchant: options.merchant,
      });
    }
    const known = readCustomer(customer);
    if (known && 'accessToken' in known) return known.accessToken;
    // What is held may be older than what DOKU knows. A refresh token may have been replaced by one that
    // is held with it: that one would be lost.
    if (known && 'authCode' in known) await this.tokens.invalidate({ ...options, customer });
    return (await this.tokens.getB2b2cToken({ ...options, customer })).accessToken;
  }

  /** The account is unbound by now, so that nothing here may make the call fail. */
  private async forget(
    options: DokuCallOptions,
    customer: NonNullable<DokuCallOptions['customer']>,
  ): Promise<void> {
    try {
      await this.tokens.invalidate({ ...options, customer });
    } catch {
      this.logger.warn(
        'an account was unbound, but `customer` names no token that could be forgotten',
      );
    }
  }
}

/** What a first call has left of the deadline of both; milliseconds. */
function remaining(timeoutMs: number, started: number): number {
  return Math.max(1, Math.round(timeoutMs - (performance.now() - started)));
}
