import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import { configurePaths } from '../configure-paths.js';
import { CIMB_DIRECT_DEBIT } from './cimb-direct-debit.operations.js';
import type {
  CimbCard,
  CimbCardRegistration,
  CimbDeletedToken,
  CimbPayment,
  CimbRefund,
  CimbResentOtp,
  CimbValidatedPayment,
} from './cimb-direct-debit.responses.js';
import type { CimbCreatePaymentDto } from './dto/create-payment.dto.js';
import type { CimbDeleteTokenDto } from './dto/delete-token.dto.js';
import type { CimbListTokensDto } from './dto/list-tokens.dto.js';
import type { CimbResendPaymentOtpDto, CimbValidatePaymentOtpDto } from './dto/payment-otp.dto.js';
import type { CimbRefundDto } from './dto/refund.dto.js';
import type { CimbRegisterCardDto } from './dto/register-card.dto.js';

/**
 * CIMB direct debit: register a card once, then charge it with an OTP.
 *
 * `registerCard` → the customer approves on CIMB's page → `listTokens` → `createPayment` →
 * `validatePaymentOtp` → the notification `payment.succeeded`; later `refund` or `deleteToken`.
 *
 * Every method throws what `DokuClient.request` throws.
 */
@Injectable()
export class CimbDirectDebitService {
  private readonly operations: typeof CIMB_DIRECT_DEBIT;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    @Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions,
  ) {
    const { paths, checkLineItems = true } = channels.cimbDirectDebit ?? {};
    const operations = configurePaths(CIMB_DIRECT_DEBIT, paths, 'channels.cimbDirectDebit.paths');
    this.operations = checkLineItems
      ? operations
      : { ...operations, createPayment: { ...operations.createPayment, rules: () => [] } };
  }

  /** Starts a registration: send the browser to `debit_card.cimb_registration_url` (reference non-snap 3.1). */
  registerCard(
    request: CimbRegisterCardDto,
    options?: DokuCallOptions,
  ): Promise<CimbCardRegistration> {
    return this.client.request(this.operations.registerCard, request, options);
  }

  /** Cards that the customer has registered; empty when there are none (reference non-snap 3.2). */
  listTokens(request: CimbListTokensDto, options?: DokuCallOptions): Promise<readonly CimbCard[]> {
    return this.client.request(this.operations.listTokens, request, options);
  }

  /**
   * Starts a payment. `PENDING` means that the bank has sent an OTP to the customer; only `SUCCESS` is paid.
   *
   * Keep `dokuCall(payment).requestId`: a refund needs it (reference non-snap 3.3).
   */
  createPayment(request: CimbCreatePaymentDto, options?: DokuCallOptions): Promise<CimbPayment> {
    return this.client.request(this.operations.createPayment, request, options);
  }

  /**
   * Pays with the OTP that the customer typed. Never repeated by the library, since a wrong OTP uses up a
   * try (reference non-snap 3.4).
   */
  validatePaymentOtp(
    request: CimbValidatePaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<CimbValidatedPayment> {
    return this.client.request(this.operations.validatePaymentOtp, request, options);
  }

  /** Has the bank send the OTP again (reference non-snap 3.5). */
  resendPaymentOtp(
    request: CimbResendPaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<CimbResentOtp> {
    return this.client.request(this.operations.resendPaymentOtp, request, options);
  }

  /** Forgets a card (reference non-snap 3.6). */
  deleteToken(request: CimbDeleteTokenDto, options?: DokuCallOptions): Promise<CimbDeletedToken> {
    return this.client.request(this.operations.deleteToken, request, options);
  }

  /**
   * Gives money back, all or a part. DOKU documents neither limits nor a refund number (reference
   * non-snap 3.7): look at `refund.status`, since a `FAILED` refund is an answer, not an error.
   */
  refund(request: CimbRefundDto, options?: DokuCallOptions): Promise<CimbRefund> {
    return this.client.request(this.operations.refund, request, options);
  }
}
