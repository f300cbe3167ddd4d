import { Inject, Injectable, Logger } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import { readMember } from '../../http/members.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import { DokuAccessTokenService } from '../../tokens/doku-access-token.service.js';
import { describeGiven } from '../../validation/describe-given.js';
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
import { hasForm } from '../snap-direct-debit/references.rule.js';
import type { SnapRefundDto } from '../snap-direct-debit/refund.dto.js';
import type { SnapRefund } from '../snap-direct-debit/refund.operation.js';
import type { SnapTransactionStatus } from '../snap-direct-debit/transaction-status.js';
import { alloOperations, DOCUMENTED_REFERENCE } from './allo-direct-debit.operations.js';
import { resolveAlloOptions } from './allo-direct-debit.options.js';
import type { AlloPayment } from './allo-direct-debit.responses.js';
import type { AlloBindAccountDto } from './dto/bind-account.dto.js';
import type { AlloCreatePaymentDto } from './dto/create-payment.dto.js';

/**
 * Allo Bank direct debit: bind an account once, then charge it; the customer confirms every payment on a page.
 *
 * `bindAccount` → the customer agrees on the page, with OTP and PIN → `inquireBalance` → `createPayment` → the
 * customer pays on the page, with OTP or PIN → the notification `payment.succeeded`; later `refund`, or
 * `unbindAccount` when the customer wishes it.
 *
 * All calls but `checkStatus` need `ipAddress` among their options. Every method throws what
 * `DokuClient.request` throws.
 */
@Injectable()
export class AlloDirectDebitService {
  private readonly logger = new Logger(AlloDirectDebitService.name);
  private readonly operations: ReturnType<typeof alloOperations>;
  private readonly unbinder: AccountUnbinder;
  /** Merchants that were told about their references; `undefined` once the rule leaves nothing to tell. */
  private readonly warned: Set<string> | undefined;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    tokens: DokuAccessTokenService,
    @Inject(DOKU_OPTIONS) { channels, http }: ResolvedDokuOptions,
  ) {
    const settings = resolveAlloOptions(channels.alloDirectDebit);
    this.operations = alloOperations(settings);
    this.unbinder = new AccountUnbinder(
      client,
      tokens,
      this.operations.unbindAccount,
      http.timeoutMs,
      AlloDirectDebitService.name,
    );
    this.warned = settings.references === 'lenient' ? new Set() : undefined;
  }

  /**
   * Starts a binding: send the browser to `redirectUrl`, and store `additionalInfo.authCode` with the customer.
   * Needs `ipAddress` and `deviceId` (reference snap 9.1).
   *
   * An Allo account binds to one customer of one merchant: a second one is refused.
   */
  bindAccount(request: AlloBindAccountDto, options?: DokuCallOptions): Promise<SnapBinding> {
    return this.client.request(this.operations.bindAccount, request, options);
  }

  /** How much the customer has. Ask before a payment; needs `customer` (reference snap 9.3). */
  inquireBalance(request: SnapInquireBalanceDto, options?: DokuCallOptions): Promise<SnapBalance> {
    return this.client.request(this.operations.inquireBalance, request, options);
  }

  /**
   * Starts a payment: send the browser to `webRedirectUrl`. `page-created` is not paid: the notification tells,
   * or `checkStatus`. Needs `customer` (reference snap 9.4).
   */
  createPayment(request: AlloCreatePaymentDto, options?: DokuCallOptions): Promise<AlloPayment> {
    this.warnAboutReference(request, options?.merchant ?? 'default');
    return this.client.request(this.operations.createPayment, request, options);
  }

  /**
   * Gives money back, all or a part. Keep `partnerRefundNo` for a repeat; needs `customer`
   * (reference snap 9.5).
   */
  refund(request: SnapRefundDto, options?: DokuCallOptions): Promise<SnapRefund> {
    return this.client.request(this.operations.refund, request, options);
  }

  /**
   * Ends a binding, when the customer asks for it. The customer's token is fetched anew for it, and forgotten
   * afterwards: forget the authCode as well (reference snap 9.6).
   *
   * @throws DokuAuthenticationError also when DOKU exchanges the authCode no more, or refuses the customer's
   *   token (4017400, 4010902, 4010904): the customer has unlinked the account already, or has not finished
   *   binding it. Look at `responseCode` before you forget a binding: a wrong key or clock ends here too
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

  private warnAboutReference(request: AlloCreatePaymentDto, merchant: string): void {
    const reference = readMember(request, ['partnerReferenceNo']);
    if (typeof reference !== 'string' || hasForm(reference, DOCUMENTED_REFERENCE)) return;
    if (!this.warned || this.warned.has(merchant)) return;
    this.warned.add(merchant);
    this.logger.warn(
      `merchant=${merchant} pays with partnerReferenceNo of ${describeGiven('', reference)}; DOKU asks for 32 to 64 letters and digits, such as createPartnerReference() makes. Set channels.alloDirectDebit.references to "strict" to have others refused before they are sent. This is said once.`,
    );
  }
}
