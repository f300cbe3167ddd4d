import { Injectable } from '@nestjs/common';
import { triesLeft, WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';
import { DirectDebitPayments } from '../../direct-debit/direct-debit-payments.js';
import { SANDBOX_OTP } from '../../direct-debit/direct-debit.rules.js';
import { GatewayError } from '../../engine/gateway-error.js';
import { CIMB } from './cimb.bank.js';
import { echoOrder } from './cimb.echo.js';
import { CREATE_PAYMENT, VALIDATE_PAYMENT_OTP } from './cimb.operations.js';
import { asksForOtp } from './cimb.sandbox-rules.js';
import type { Payment } from '../../bank/payment-book.js';
import type { AcceptedCall } from '../../engine/operation.js';

/** Payments and their OTPs. */
@Injectable()
export class CimbPayments {
  constructor(private readonly payments: DirectDebitPayments) {}

  create(call: AcceptedCall): unknown {
    const card = this.payments.findCard(call, CIMB);
    const hasOtp = asksForOtp(card.accountNo);
    const payment = this.payments.open(call, CIMB, { card, asksForOtp: hasOtp });
    if (!hasOtp) this.payments.charge(payment, call, CREATE_PAYMENT);
    return {
      customer: payment.customer,
      order: echoOrder(payment.order, String(payment.amount)),
      payment: { token: payment.token, status: payment.status },
    };
  }

  validateOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    if (this.payments.checkOtp(payment, call)) {
      this.payments.charge(payment, call, VALIDATE_PAYMENT_OTP);
    } else {
      this.countWrongOtp(payment, call);
    }
    return {
      customer: payment.customer,
      order: echoOrder(payment.order, `${payment.amount}.00`, { withSession: false }),
      payment: { payment_id: payment.paymentId, token: payment.token, status: payment.status },
    };
  }

  resendOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    this.payments.resendOtp(payment);
    return { payment: { token: payment.token } };
  }

  private findPending(call: AcceptedCall): Payment {
    const payment = this.payments.find(call, CIMB);
    this.payments.demandPending(payment);
    return payment;
  }

  private countWrongOtp(payment: Payment, call: AcceptedCall): void {
    this.payments.noteWrongOtp(payment);
    const left = WRONG_OTPS_ALLOWED - payment.wrongOtps;
    if (left > 0) {
      throw new GatewayError(
        'PAYMENT',
        'INVALID_OTP',
        `The OTP is wrong; ${triesLeft(left)}. The sandbox's OTP is ${SANDBOX_OTP}.`,
        { remainingTries: left },
      );
    }
    this.payments.settle(payment, 'FAILED', call, `${WRONG_OTPS_ALLOWED} wrong OTPs`);
  }
}
