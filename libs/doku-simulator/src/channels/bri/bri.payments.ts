import { Injectable } from '@nestjs/common';
import { WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';
import { DirectDebitPayments } from '../../direct-debit/direct-debit-payments.js';
import { BRI } from './bri.bank.js';
import { BriOtps } from './bri-otps.js';
import { CREATE_RECURRING_PAYMENT, VALIDATE_PAYMENT_OTP } from './bri.operations.js';
import type { Payment } from '../../bank/payment-book.js';
import type { JsonObject } from '../../engine/json.js';
import type { AcceptedCall } from '../../engine/operation.js';

/** Payments with an OTP, and recurring ones without (reference B-5 to B-8). */
@Injectable()
export class BriPayments {
  constructor(
    private readonly payments: DirectDebitPayments,
    private readonly otps: BriOtps,
  ) {}

  create(call: AcceptedCall): unknown {
    return describe(this.open(call, true));
  }

  createRecurring(call: AcceptedCall): unknown {
    const payment = this.open(call, false);
    this.payments.charge(payment, call, CREATE_RECURRING_PAYMENT);
    return describe(payment);
  }

  validateOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    if (!this.payments.checkOtp(payment, call)) {
      const { error, left } = this.otps.refuse(payment.accountNo);
      this.payments.noteWrongOtp(payment);
      if (left <= 0) {
        this.payments.settle(payment, 'FAILED', call, `${WRONG_OTPS_ALLOWED} wrong OTPs`);
      }
      throw error;
    }
    this.otps.accept(payment.accountNo);
    this.payments.charge(payment, call, VALIDATE_PAYMENT_OTP);
    return describe(payment);
  }

  resendOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    this.payments.resendOtp(payment);
    return { payment: { token: payment.token } };
  }

  private open(call: AcceptedCall, asksForOtp: boolean): Payment {
    const card = this.payments.findCard(call, BRI);
    this.otps.demandUnblocked(card.accountNo);
    return this.payments.open(call, BRI, { card, asksForOtp });
  }

  /** Whether the card is blocked counts first, so that a client hears of it each time. */
  private findPending(call: AcceptedCall): Payment {
    const payment = this.payments.find(call, BRI);
    this.otps.demandUnblocked(payment.accountNo);
    this.payments.demandPending(payment);
    return payment;
  }
}

/** Numbers stay numbers, there is no payment id and no `additional_info` (reference 3.13). */
function describe({ customer, order, token, status }: Payment): JsonObject {
  return {
    order,
    payment: { token, status },
    customer: { ...customer, additional_info: undefined },
  };
}
