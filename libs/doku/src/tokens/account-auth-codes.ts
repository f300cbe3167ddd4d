import { Injectable } from '@nestjs/common';

import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import type { ResolvedMerchant } from '../options/resolved-doku-options.js';

/**
 * Asks DOKU for a new authCode of an account.
 *
 * @param timeoutMs how long it may take
 * @returns the authCode in clear, to be used once
 */
export type AuthCodeSource = (
  merchant: ResolvedMerchant,
  accountId: string,
  timeoutMs: number,
) => Promise<string>;

/**
 * Where authCodes for account ids come from. The wallet channel fills it in: its calls are built on tokens, so
 * that tokens cannot be built on it.
 */
@Injectable()
export class AccountAuthCodes {
  private source: AuthCodeSource | undefined;

  comeFrom(source: AuthCodeSource): void {
    this.source = source;
  }

  /** A new authCode each time: nobody keeps one. */
  fresh(merchant: ResolvedMerchant, accountId: string, timeoutMs: number): Promise<string> {
    if (this.source) return this.source(merchant, accountId, timeoutMs);
    return Promise.reject(
      new DokuUnavailableError('an account id was given before DokuWalletService was made', {
        merchant: merchant.name,
        fix: 'Call it after the app has started.',
      }),
    );
  }
}
