import { Injectable } from '@nestjs/common';
import { createPartnerReference, KkiService, type SnapTransactionStatus } from 'nestjs-doku';

import type { Order, PaymentAttempt } from '../orders/order.js';
import type {
  RefundAnswer,
  RefundingMethod,
  StatusHint,
  WantedRefund,
} from '../payments/payment-method.js';
import { SnapPayments } from '../payments/snap-payments.service.js';
import type { PayWithKkiDto } from './dto/pay-with-kki.dto.js';

/** DOKU takes no longer one of KKI. */
const REFUND_ID_CHARACTERS = 12;

/** Pays with a card of Kartu Kredit Indonesia. Its number and code are handed on, and kept nowhere. */
@Injectable()
export class KkiPaymentsService implements RefundingMethod {
  constructor(
    private readonly kki: KkiService,
    private readonly payments: SnapPayments,
  ) {}

  pay(order: Order, { cpan, otp }: PayWithKkiDto): Promise<Order> {
    return this.payments.pay(order, {
      method: 'kki',
      label: 'KKI card',
      send: async ({ amount }, reference) => {
        await this.kki.createPayment({
          partnerReferenceNo: reference,
          amount: { value: amount },
          cpan,
          otp,
        });
        return { phase: 'confirming' };
      },
    });
  }

  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint> {
    return this.payments.check(order, attempt, (reference) => this.ask(reference));
  }

  createRefundId(): string {
    return createPartnerReference().slice(0, REFUND_ID_CHARACTERS);
  }

  refund(wanted: WantedRefund): Promise<RefundAnswer> {
    return this.payments.refund(
      wanted,
      (reference) => this.ask(reference),
      (request) => this.kki.refund(request),
    );
  }

  private ask(reference: string): Promise<SnapTransactionStatus> {
    return this.kki.checkStatus({ originalPartnerReferenceNo: reference });
  }
}
