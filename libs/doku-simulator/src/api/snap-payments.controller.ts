import { Controller, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { AT_ONCE } from '../snap/snap-decision.js';
import { SnapPayments } from '../snap/snap-payments.js';
import { ApiInput, JsonBody } from './api-input.js';
import { refusalAsBadRequest } from './decision.js';
import type { JsonObject } from '../engine/json.js';

/** Decides SNAP payments that wait on a page or in an issuer's app. */
@Controller('_simulator/payments')
export class SnapPaymentsController {
  constructor(
    private readonly book: SnapPaymentBook,
    private readonly payments: SnapPayments,
  ) {}

  @Post(':partnerReferenceNo/approve')
  @HttpCode(200)
  approve(@Param('partnerReferenceNo') reference: string, @JsonBody() body: JsonObject): object {
    return this.decide(reference, body, (payment) => {
      this.payments.approve(payment, AT_ONCE);
    });
  }

  @Post(':partnerReferenceNo/decline')
  @HttpCode(200)
  decline(@Param('partnerReferenceNo') reference: string, @JsonBody() body: JsonObject): object {
    return this.decide(reference, body, (payment) => {
      this.payments.decline(payment, AT_ONCE);
    });
  }

  private decide(
    reference: string,
    body: JsonObject,
    decision: (payment: SnapPayment) => void,
  ): { payment: SnapPayment } {
    const clientId = new ApiInput(body).allowOnly('clientId').optionalText('clientId');
    const payment = this.book.byReference(reference, clientId);
    if (payment === undefined) {
      throw new NotFoundException(`No SNAP payment has partnerReferenceNo "${reference}".`);
    }
    refusalAsBadRequest(() => {
      decision(payment);
    });
    return { payment };
  }
}
