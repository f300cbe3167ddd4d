import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../../doku.tokens.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { ResolvedDokuOptions } from '../../options/resolved-doku-options.js';
import type { DirectDebitValidatedPayment } from '../non-snap-direct-debit/direct-debit.responses.js';
import type { DirectDebitDeleteTokenDto } from '../non-snap-direct-debit/dto/delete-token.dto.js';
import type { DirectDebitListTokensDto } from '../non-snap-direct-debit/dto/list-tokens.dto.js';
import type {
  DirectDebitResendPaymentOtpDto,
  DirectDebitValidatePaymentOtpDto,
} from '../non-snap-direct-debit/dto/payment-otp.dto.js';
import { briOperations } from './bri-direct-debit.operations.js';
import { resolveBriOptions } from './bri-direct-debit.options.js';
import type {
  BriCard,
  BriCardRegistration,
  BriDeletedToken,
  BriPayment,
  BriRecurringPayment,
  BriResentOtp,
  BriResentRegistrationOtp,
  BriValidatedRegistration,
} from './bri-direct-debit.responses.js';
import type { BriCreatePaymentDto } from './dto/create-payment.dto.js';
import type { BriRegisterCardDto } from './dto/register-card.dto.js';
import type {
  BriResendRegistrationOtpDto,
  BriValidateRegistrationOtpDto,
} from './dto/registration-otp.dto.js';

/**
 * BRI direct debit: register a card once with an OTP, then charge it, with an OTP or without.
 *
 * `registerCard` → `validateRegistrationOtp` → `listTokens` → `createPayment` → `validatePaymentOtp` → the
 * notification `payment.succeeded`; `createRecurringPayment` charges without an OTP; later `deleteToken`.
 * There is no refund (reference non-snap 3).
 *
 * Of the bodies DOKU documents only `validatePaymentOtp` in full. The others are taken from CIMB's; what DOKU
 * tells you beyond them goes into the option `extra`, and the option `paths` of the channel moves an operation.
 *
 * An OTP that is refused is a `DokuApiError` whose `otpProblem` tells wrong, expired and blocked apart where
 * DOKU's answer does; `BRI_OTP_RULES` holds the limits. Every method throws what `DokuClient.request` throws.
 */
@Injectable()
export class BriDirectDebitService {
  private readonly operations: ReturnType<typeof briOperations>;

  /** @internal Made by Nest. */
  constructor(
    private readonly client: DokuClient,
    @Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions,
  ) {
    this.operations = briOperations(resolveBriOptions(channels.briDirectDebit));
  }

  /** Starts a registration; BRI sends an OTP. Bodies not confirmed by DOKU (reference non-snap 3.8). */
  registerCard(
    request: BriRegisterCardDto,
    options?: DokuCallOptions,
  ): Promise<BriCardRegistration> {
    return this.client.request(this.operations.registerCard, request, options);
  }

  /**
   * Ends a registration with the OTP that the customer typed. Never repeated by the library. Bodies not
   * confirmed by DOKU (reference non-snap 3.9).
   */
  validateRegistrationOtp(
    request: BriValidateRegistrationOtpDto,
    options?: DokuCallOptions,
  ): Promise<BriValidatedRegistration> {
    return this.client.request(this.operations.validateRegistrationOtp, request, options);
  }

  /** Has BRI send the OTP of a registration again. Bodies not confirmed by DOKU (reference non-snap 3.10). */
  resendRegistrationOtp(
    request: BriResendRegistrationOtpDto,
    options?: DokuCallOptions,
  ): Promise<BriResentRegistrationOtp> {
    return this.client.request(this.operations.resendRegistrationOtp, request, options);
  }

  /** Cards that the customer has registered. Answer not confirmed by DOKU (reference non-snap 3.11). */
  listTokens(
    request: DirectDebitListTokensDto,
    options?: DokuCallOptions,
  ): Promise<readonly BriCard[]> {
    return this.client.request(this.operations.listTokens, request, options);
  }

  /**
   * Starts a payment. `PENDING` means that BRI has sent an OTP to the customer; only `SUCCESS` is paid.
   * Bodies not confirmed by DOKU (reference non-snap 3.12).
   */
  createPayment(request: BriCreatePaymentDto, options?: DokuCallOptions): Promise<BriPayment> {
    return this.client.request(this.operations.createPayment, request, options);
  }

  /**
   * Pays with the OTP that the customer typed. Never repeated by the library: after five wrong ones BRI
   * blocks the card for 24 hours (`BRI_OTP_RULES`).
   *
   * DOKU's document contradicts itself: its table has `debit_card.token` and `debit_card.otp`, its sample
   * `payment.token` and `payment.otp`. The sample's names are sent, since the answer and CIMB have them too
   * (reference non-snap 3.13, 3.19 no. 12).
   */
  validatePaymentOtp(
    request: DirectDebitValidatePaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<DirectDebitValidatedPayment> {
    return this.client.request(this.operations.validatePaymentOtp, request, options);
  }

  /** Has BRI send the OTP of a payment again. Bodies not confirmed by DOKU (reference non-snap 3.14). */
  resendPaymentOtp(
    request: DirectDebitResendPaymentOtpDto,
    options?: DokuCallOptions,
  ): Promise<BriResentOtp> {
    return this.client.request(this.operations.resendPaymentOtp, request, options);
  }

  /**
   * Charges a card without an OTP: look at `payment.status`, since a `FAILED` payment is an answer, not an
   * error. Request as in DOKU's samples, answer not confirmed by DOKU (reference non-snap 3.15).
   */
  createRecurringPayment(
    request: BriCreatePaymentDto,
    options?: DokuCallOptions,
  ): Promise<BriRecurringPayment> {
    return this.client.request(this.operations.createRecurringPayment, request, options);
  }

  /** Forgets a card. Bodies not confirmed by DOKU (reference non-snap 3.16). */
  deleteToken(
    request: DirectDebitDeleteTokenDto,
    options?: DokuCallOptions,
  ): Promise<BriDeletedToken> {
    return this.client.request(this.operations.deleteToken, request, options);
  }
}
