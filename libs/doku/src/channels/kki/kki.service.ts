import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuValidationError } from '../../errors/doku-validation.error.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import type { SnapCheckStatusDto } from '../snap-direct-debit/check-status.dto.js';
import type { SnapRefundDto } from '../snap-direct-debit/refund.dto.js';
import type { SnapRefund } from '../snap-direct-debit/refund.operation.js';
import type { SnapTransactionStatus } from '../snap-direct-debit/transaction-status.js';
import type { KkiCreatePaymentDto } from './dto/create-payment.dto.js';
import { kkiOperations } from './kki.operations.js';
import { resolveKkiOptions } from './kki.options.js';
import type { KkiPayment } from './kki.responses.js';

/**
 * Kartu Kredit Indonesia, host to host: pay with the customer's CPAN and OTP, or with a token of DOKU. Only for
 * merchants that are certified for PCI DSS; others use DOKU Checkout (reference snap 10).
 *
 * DOKU documents little of it: names on the wire, the channel's code and the headers are options of the
 * channel, to be settled in its sandbox.
 *
 * Every method throws what `DokuClient.request` throws.
 */
@Injectable()
export class KkiService {
  private readonly operations: ReturnType<typeof kkiOperations>;
  private readonly members: ReturnType<typeof resolveKkiOptions>['members'];

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    @Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions,
  ) {
    const settings = resolveKkiOptions(channels.kki);
    this.members = settings.members;
    this.operations = kkiOperations(settings);
  }

  /**
   * Starts a payment. `accepted` is not paid: the customer confirms in the issuer's app, and the notification
   * tells, or `checkStatus` (reference snap 10.1).
   */
  async createPayment(
    request: KkiCreatePaymentDto,
    options?: DokuCallOptions,
  ): Promise<KkiPayment> {
    this.assertNoSourceIn(options);
    return this.client.request(this.operations.createPayment, request, options);
  }

  /** Gives money back, all or a part. Keep `partnerRefundNo` for a repeat (reference snap 10.2). */
  refund(request: SnapRefundDto, options?: DokuCallOptions): Promise<SnapRefund> {
    return this.client.request(this.operations.refund, request, options);
  }

  /** A source in `extra` would pass by the rules for sources, and perhaps into a log. */
  private assertNoSourceIn({ extra = {}, merchant }: DokuCallOptions = {}): void {
    const hidden = Object.values(this.members).filter((name) => Object.hasOwn(extra, name));
    if (hidden.length === 0) return;
    throw new DokuValidationError(
      hidden.map(
        (name) => `extra.${name} is a member of the request: give cpan, otp or bankCardToken`,
      ),
      { operation: this.operations.createPayment.name, merchant },
    );
  }

  /** How a payment stands; not before 60 seconds after the customer confirmed (reference snap 9.7). */
  checkStatus(
    request: SnapCheckStatusDto,
    options?: DokuCallOptions,
  ): Promise<SnapTransactionStatus> {
    return this.client.request(this.operations.checkStatus, request, options);
  }
}
