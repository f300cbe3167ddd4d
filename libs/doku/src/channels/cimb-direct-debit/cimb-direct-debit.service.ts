import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import type {
  DirectDebitCard,
  DirectDebitDeletedToken,
  DirectDebitPayment,
  DirectDebitResentOtp,
} from '../non-snap-direct-debit/direct-debit.responses.js';
import type { DirectDebitCreatePaymentDto } from '../non-snap-direct-debit/dto/create-payment.dto.js';
import type { DirectDebitDeleteTokenDto } from '../non-snap-direct-debit/dto/delete-token.dto.js';
import type { DirectDebitListTokensDto } from '../non-snap-direct-debit/dto/list-tokens.dto.js';
import type {
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from '../non-snap-direct-debit/dto/payment-otp.dto.js';
import { cimbOperations } from './cimb-direct-debit.operations.js';
import { resolveCimbOptions } from './cimb-direct-debit.options.js';
import type {
  CimbCardRegistration,
  CimbRefund,
  CimbValidatedPayment,
} from './cimb-direct-debit.responses.js';
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
  private readonly operations: ReturnType<typeof cimbOperations>;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    @Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions,
  ) {
    this.operations = cimbOperations(resolveCimbOptions(channels.cimbDirectDebit));
  }

  /** Starts a registration: send the browser to `debit_card.cimb_registration_url` (reference non-snap 3.1). */
  registerCard(
    request: CimbRegisterCardDto,
    options?: DokuCallOptions,
  ): Promise<CimbCardRegistration> {
    return this.client.request(this.operations.registerCard, request, options);
  }

  /** Cards that the customer has registered; empty when there are none (reference non-snap 3.2). */
  listTokens(
    request: DirectDebitListTokensDto,
    options?: DokuCallOptions,
  ): Promise<readonly DirectDebitCard[]> {
    return this.client.request(this.operations.listTokens, request, options);
  }

  /**
   * Starts a payment. `PENDING` means that the bank has sent an OTP to the customer; only `SUCCESS` is paid.
   *
   * Keep `dokuCall(payment).requestId`: a refund needs it (reference non-snap 3.3).
   */
  createPayment(
    request: DirectDebitCreatePaymentDto,
    options?: DokuCallOptions,
  ): Promise<DirectDebitPayment> {
    return this.client.request(this.operations.createPayment, request, options);
  }

  /**
   * Pays with the OTP that the customer typed. Never repeated by the library, since a wrong OTP uses up a
   * try (reference non-snap 3.4).
   */
  validatePaymentOtp(
    request: DirectDebitValidatePaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<CimbValidatedPayment> {
    return this.client.request(this.operations.validatePaymentOtp, request, options);
  }

  /** Has the bank send the OTP again (reference non-snap 3.5). */
  resendPaymentOtp(
    request: DirectDebitResendPaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<DirectDebitResentOtp> {
    return this.client.request(this.operations.resendPaymentOtp, request, options);
  }

  /** Forgets a card (reference non-snap 3.6). */
  deleteToken(
    request: DirectDebitDeleteTokenDto,
    options?: DokuCallOptions,
  ): Promise<DirectDebitDeletedToken> {
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
