import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import { CardStatus } from '../cards/card-status.service.js';
import type { Order, PaymentAttempt } from '../orders/order.js';
import type {
  RefundAnswer,
  RefundingMethod,
  StatusHint,
  WantedRefund,
} from '../payments/payment-method.js';

/** CIMB direct debit. */
@Injectable()
export class CimbMethod implements RefundingMethod {
  constructor(
    private readonly cimb: CimbDirectDebitService,
    private readonly status: CardStatus,
  ) {}

  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint> {
    return this.status.check(order, attempt);
  }

  createRefundId(): string {
    return randomUUID();
  }

  /** Repeated with the same `Request-Id`, DOKU carries it out once. */
  async refund({ order, paidBy, refund }: WantedRefund): Promise<RefundAnswer> {
    const { amount, reason, id } = refund;
    const answer = await this.cimb.refund(
      {
        order: { invoice_number: order.reference },
        payment: { original_request_id: paidBy },
        refund: { amount, reason },
      },
      { requestId: id },
    );
    return answer.refund.status === 'FAILED' ? 'refused' : 'confirming';
  }
}
