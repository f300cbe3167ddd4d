import { Injectable } from '@nestjs/common';

import { CardStatus } from '../cards/card-status.service.js';
import type { Order, PaymentAttempt } from '../orders/order.js';
import type { PaymentMethod, StatusHint } from '../payments/payment-method.js';

/** BRI direct debit, which has no refund. */
@Injectable()
export class BriMethod implements PaymentMethod {
  constructor(private readonly status: CardStatus) {}

  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint> {
    return this.status.check(order, attempt);
  }
}
