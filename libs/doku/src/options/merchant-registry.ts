import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { DokuValidationError } from '../errors/doku-validation.error.js';
import type { ResolvedDokuOptions, ResolvedMerchant } from './resolved-doku-options.js';

/** Finds a merchant: by name for our calls, by Client-Id for DOKU's. */
@Injectable()
export class MerchantRegistry {
  private readonly byInboundClientId: ReadonlyMap<string, ResolvedMerchant>;

  constructor(@Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions) {
    this.byInboundClientId = new Map(
      [...options.merchants.values()].map((merchant) => [merchant.inbound.clientId, merchant]),
    );
  }

  /** @throws DokuValidationError when no merchant has that name */
  named(name = 'default'): ResolvedMerchant {
    const merchant = this.options.merchants.get(name);
    if (merchant) return merchant;
    const known = [...this.options.merchants.keys()].join(', ');
    throw new DokuValidationError([`merchant "${name}" is not configured; configured: ${known}`], {
      fix: 'Pass one of the names of the option "merchants", or add it there.',
    });
  }

  /** The merchant that DOKU means with a `Client-Id` header. */
  ofInboundClientId(clientId: string): ResolvedMerchant | undefined {
    return this.byInboundClientId.get(clientId);
  }
}
