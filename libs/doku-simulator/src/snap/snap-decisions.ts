import { Injectable } from '@nestjs/common';
import { SnapBindings } from './snap-bindings.js';
import { AT_ONCE } from './snap-decision.js';
import { SnapPayments } from './snap-payments.js';
import type { Binding } from '../bank/binding-book.js';
import type { SnapPayment } from '../bank/snap-payment-book.js';
import type { Decision } from '../pages/decision.js';
import type { Question } from '../pages/question-page.js';

/** Bindings and payments as what a customer decides on a page. */
@Injectable()
export class SnapDecisions {
  constructor(
    private readonly bindings: SnapBindings,
    private readonly payments: SnapPayments,
  ) {}

  ofBinding(binding: Binding, question: Question): Decision {
    return {
      question,
      isPending: () => binding.state === 'PENDING',
      state: () => binding.state,
      approve: () => {
        this.bindings.approve(binding);
      },
      decline: () => {
        this.bindings.decline(binding);
      },
      countWrongEntry: () => this.bindings.countWrongEntry(binding),
      next: () => this.bindings.landingOf(binding),
    };
  }

  ofPayment(payment: SnapPayment, question: Question): Decision {
    return {
      question,
      isPending: () => payment.status === 'PENDING',
      state: () => payment.status,
      approve: () => {
        this.payments.approve(payment, AT_ONCE);
      },
      decline: () => {
        this.payments.decline(payment, AT_ONCE);
      },
      countWrongEntry: () => this.payments.countWrongEntry(payment, AT_ONCE),
      next: () => (payment.status === 'SUCCESS' ? payment.successUrl : payment.failedUrl),
    };
  }
}
