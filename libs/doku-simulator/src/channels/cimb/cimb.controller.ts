import { ServerResponse } from 'node:http';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { Gateway } from '../../engine/gateway.js';
import { OperationCatalogue } from '../../engine/operation-catalogue.js';
import { DirectDebitCards } from '../../direct-debit/direct-debit-cards.js';
import { CIMB } from './cimb.bank.js';
import { CimbCards } from './cimb.cards.js';
import * as operations from './cimb.operations.js';
import { CimbPayments } from './cimb.payments.js';
import { CimbRefunds } from './cimb.refunds.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** The CIMB direct debit of the gateway (reference C-1 to C-7). */
@Controller()
export class CimbController {
  constructor(
    private readonly gateway: Gateway,
    private readonly registration: CimbCards,
    private readonly cards: DirectDebitCards,
    private readonly payments: CimbPayments,
    private readonly refunds: CimbRefunds,
    catalogue: OperationCatalogue,
  ) {
    catalogue.add(operations.CIMB_OPERATIONS);
  }

  @Post(operations.REGISTER_CARD.path)
  registerCard(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.REGISTER_CARD, request, response, (call) =>
      this.registration.register(call),
    );
  }

  @Post(operations.LIST_TOKENS.path)
  listTokens(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.LIST_TOKENS, request, response, (call) =>
      this.cards.list(call, CIMB),
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

  @Post(operations.DELETE_TOKEN.path)
  deleteToken(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.DELETE_TOKEN, request, response, (call) =>
      this.cards.delete(call, CIMB),
    );
  }

  @Post(operations.REFUND.path)
  refund(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handle(operations.REFUND, request, response, (call) =>
      this.refunds.refund(call),
    );
  }
}
