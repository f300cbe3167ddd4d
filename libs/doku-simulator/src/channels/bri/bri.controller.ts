import { ServerResponse } from 'node:http';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { DirectDebitCards } from '../../direct-debit/direct-debit-cards.js';
import { Gateway } from '../../engine/gateway.js';
import { OperationCatalogue } from '../../engine/operation-catalogue.js';
import { BRI } from './bri.bank.js';
import * as operations from './bri.operations.js';
import { BriPayments } from './bri.payments.js';
import { BriRegistrations } from './bri-registrations.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** The BRI direct debit of the gateway (reference B-1 to B-9). */
@Controller()
export class BriController {
  constructor(
    private readonly gateway: Gateway,
    private readonly registrations: BriRegistrations,
    private readonly cards: DirectDebitCards,
    private readonly payments: BriPayments,
    catalogue: OperationCatalogue,
  ) {
    catalogue.add(operations.BRI_OPERATIONS);
  }

  @Post(operations.REGISTER_CARD.path)
  registerCard(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.REGISTER_CARD, request, response, (call) =>
      this.registrations.register(call),
    );
  }

  @Post(operations.VALIDATE_REGISTRATION_OTP.path)
  validateRegistrationOtp(
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.gateway.handle(operations.VALIDATE_REGISTRATION_OTP, request, response, (call) =>
      this.registrations.validateOtp(call),
    );
  }

  @Post(operations.RESEND_REGISTRATION_OTP.path)
  resendRegistrationOtp(
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.gateway.handle(operations.RESEND_REGISTRATION_OTP, request, response, (call) =>
      this.registrations.resendOtp(call),
    );
  }

  @Post(operations.LIST_TOKENS.path)
  listTokens(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.LIST_TOKENS, request, response, (call) =>
      this.cards.list(call, BRI),
    );
  }

  @Post(operations.CREATE_PAYMENT.path)
  createPayment(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.CREATE_PAYMENT, request, response, (call) =>
      this.payments.create(call),
    );
  }

  @Post(operations.VALIDATE_PAYMENT_OTP.path)
  validatePaymentOtp(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.VALIDATE_PAYMENT_OTP, request, response, (call) =>
      this.payments.validateOtp(call),
    );
  }

  @Post(operations.RESEND_PAYMENT_OTP.path)
  resendPaymentOtp(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.RESEND_PAYMENT_OTP, request, response, (call) =>
      this.payments.resendOtp(call),
    );
  }

  @Post(operations.CREATE_RECURRING_PAYMENT.path)
  createRecurringPayment(
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.gateway.handle(operations.CREATE_RECURRING_PAYMENT, request, response, (call) =>
      this.payments.createRecurring(call),
    );
  }

  @Post(operations.DELETE_TOKEN.path)
  deleteToken(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.DELETE_TOKEN, request, response, (call) =>
      this.cards.delete(call, BRI),
    );
  }
}
