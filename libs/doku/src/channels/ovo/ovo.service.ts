import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import { DokuAccessTokenService } from '../../tokens/doku-access-token.service.js';
import { AccountUnbinder } from '../snap-direct-debit/account-unbinder.js';
import type {
  SnapInquireBalanceDto,
  SnapUnbindAccountDto,
} from '../snap-direct-debit/account.dto.js';
import type {
  SnapBalance,
  SnapBinding,
  SnapUnbinding,
} from '../snap-direct-debit/account.responses.js';
import type { SnapCheckStatusDto } from '../snap-direct-debit/check-status.dto.js';
import type { SnapRefundDto } from '../snap-direct-debit/refund.dto.js';
import type { SnapRefund } from '../snap-direct-debit/refund.operation.js';
import type { SnapTransactionStatus } from '../snap-direct-debit/transaction-status.js';
import type { OvoBindAccountDto } from './dto/bind-account.dto.js';
import type { OvoCreatePaymentDto } from './dto/create-payment.dto.js';
import { ovoOperations } from './ovo.operations.js';
import { resolveOvoOptions } from './ovo.options.js';
import type { OvoPayment } from './ovo.responses.js';

/**
 * OVO: bind a wallet once, then charge its cash or points, on a page (`SALE`) or without the customer
 * (`RECURRING`).
 *
 * `bindAccount` → the customer agrees on the page → the notification `binding.succeeded` → `inquireBalance` →
 * `createPayment` → the notification `payment.succeeded`; later `refund`, or `unbindAccount` when the customer
 * wishes it. Every method throws what `DokuClient.request` throws.
 */
@Injectable()
export class OvoService {
  private readonly operations: ReturnType<typeof ovoOperations>;
  private readonly unbinder: AccountUnbinder;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    tokens: DokuAccessTokenService,
    @Inject(DOKU_OPTIONS) { channels, http }: ResolvedDokuOptions,
  ) {
    const settings = resolveOvoOptions(channels.ovo);
    this.operations = ovoOperations(settings);
    const { unbindAccount } = this.operations;
    this.unbinder = new AccountUnbinder(
      client,
      tokens,
      unbindAccount,
      http.timeoutMs,
      OvoService.name,
    );
  }

  /**
   * Starts a binding: send the browser to `redirectUrl`, and store `additionalInfo.authCode` with the customer
   * (reference snap 9.1).
   */
  bindAccount(request: OvoBindAccountDto, options?: DokuCallOptions): Promise<SnapBinding> {
    return this.client.request(this.operations.bindAccount, request, options);
  }

  /** How much the customer has. Ask before a payment; needs `customer` (reference snap 9.3). */
  inquireBalance(request: SnapInquireBalanceDto, options?: DokuCallOptions): Promise<SnapBalance> {
    return this.client.request(this.operations.inquireBalance, request, options);
  }

  /**
   * Starts a payment; needs `customer`. `page-created`: send the browser to `webRedirectUrl`. `accepted`: there is
   * no page. Neither is paid: the notification tells, or `checkStatus` (reference snap 11).
   */
  createPayment(request: OvoCreatePaymentDto, options?: DokuCallOptions): Promise<OvoPayment> {
    return this.client.request(this.operations.createPayment, request, options);
  }

  /** Gives money back, all or a part. Keep `partnerRefundNo` for a repeat; needs `customer` (reference snap 9.5). */
  refund(request: SnapRefundDto, options?: DokuCallOptions): Promise<SnapRefund> {
    return this.client.request(this.operations.refund, request, options);
  }

  /**
   * Ends a binding, when the customer asks for it. The customer's token is fetched anew for it, and forgotten
   * afterwards: forget the authCode as well (reference snap 9.6).
   *
   * @throws DokuAuthenticationError also when the customer's token is refused: then nothing is bound any more
   */
  unbindAccount(request?: SnapUnbindAccountDto, options?: DokuCallOptions): Promise<SnapUnbinding> {
    return this.unbinder.unbind(request, options);
  }

  /** How a payment stands; not before 60 seconds after the customer paid (reference snap 9.7). */
  checkStatus(
    request: SnapCheckStatusDto,
    options?: DokuCallOptions,
  ): Promise<SnapTransactionStatus> {
    return this.client.request(this.operations.checkStatus, request, options);
  }
}
