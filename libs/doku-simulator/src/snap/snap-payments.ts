import { Injectable } from '@nestjs/common';
import { Ledger, merchantParty } from '../bank/ledger.js';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { NotificationOutbox } from '../notifications/notification-outbox.js';
import { createReferenceNo } from './reference-numbers.js';
import { toRupiah, toSen } from './snap-amount.js';
import { WRONG_ENTRIES_ALLOWED } from './snap-bindings.js';
import { SnapChannels } from './snap-channels.js';
import { DecisionRefused } from './snap-decision.js';
import { SnapError } from './snap-error.js';
import { createPaymentNotice } from './snap-notices.js';
import { toJakartaTime } from './snap-time.js';

/** A payment of exactly this amount is refused for insufficient funds, whatever the account. */
export const POOR_AMOUNT = '51051.00';

/** What a channel knows of a payment that it opens. */
export type NewSnapPayment = Omit<
  SnapPayment,
  | 'scheme'
  | 'referenceNo'
  | 'createdAt'
  | 'status'
  | 'paidTime'
  | 'wrongEntries'
  | 'refunded'
  | 'refunds'
  | 'failure'
>;

/** Opens and decides payments, of whatever channel. */
@Injectable()
export class SnapPayments {
  constructor(
    private readonly payments: SnapPaymentBook,
    private readonly channels: SnapChannels,
    private readonly ledger: Ledger,
    private readonly outbox: NotificationOutbox,
    private readonly clock: SimulatorClock,
  ) {}

  /** Refuses what was asked before (snap reference 13 and 14): to be called before anything else. */
  demandNew(clientId: string, partnerReferenceNo: string, fingerprint: string): void {
    const known = this.payments.byReference(partnerReferenceNo, clientId);
    if (known === undefined) return;
    if (known.fingerprint !== fingerprint) {
      throw new SnapError(
        404,
        '18',
        `Inconsistent Request: partnerReferenceNo "${partnerReferenceNo}" was used with other content.`,
      );
    }
    if (known.status === 'FAILED') return;
    throw new SnapError(
      409,
      '01',
      `Duplicate partnerReferenceNo "${partnerReferenceNo}": this payment is ${known.status} already.`,
    );
  }

  open(payment: NewSnapPayment): SnapPayment {
    if (payment.amount === POOR_AMOUNT) {
      throw new SnapError(403, '14', `Insufficient Funds: so the sandbox answers ${POOR_AMOUNT}.`);
    }
    const opened: SnapPayment = {
      ...payment,
      scheme: 'snap',
      referenceNo: createReferenceNo(),
      createdAt: this.clock.now().toISOString(),
      status: 'PENDING',
      wrongEntries: 0,
      refunded: '0.00',
      refunds: [],
    };
    this.payments.add(opened);
    return opened;
  }

  /**
   * The customer agrees: the money moves, if there is enough.
   * @param answered - the notification waits for it
   * @throws {@link DecisionRefused} when the payment is decided already
   */
  approve(payment: SnapPayment, answered: Promise<void>): void {
    demandPending(payment);
    const failure = this.channels.ofPayment(payment)?.debit(payment);
    if (failure !== undefined) {
      this.settle(payment, 'FAILED', answered, failure);
      return;
    }
    payment.paidTime = toJakartaTime(this.clock.wireNow());
    this.ledger.record({
      at: this.clock.now().toISOString(),
      kind: 'debit',
      operation: payment.operation,
      clientId: payment.clientId,
      requestId: payment.externalId,
      invoiceNumber: payment.partnerReferenceNo,
      tokenId: payment.authCode ?? '',
      accountNo: payment.account,
      amount: toRupiah(toSen(payment.amount)),
      from: this.channels.partyOf(payment),
      to: merchantParty(payment.clientId),
    });
    this.settle(payment, 'SUCCESS', answered);
  }

  /** @throws {@link DecisionRefused} when the payment is decided already */
  decline(payment: SnapPayment, answered: Promise<void>): void {
    demandPending(payment);
    this.settle(payment, 'FAILED', answered, 'Declined by the customer');
  }

  /** Counts a wrong OTP or PIN; answers how many tries are left. The last one fails the payment. */
  countWrongEntry(payment: SnapPayment, answered: Promise<void>): number {
    demandPending(payment);
    payment.wrongEntries++;
    const left = WRONG_ENTRIES_ALLOWED - payment.wrongEntries;
    if (left <= 0) this.settle(payment, 'FAILED', answered, 'Too many wrong entries');
    else this.payments.changed();
    return left;
  }

  notify(payment: SnapPayment, answered: Promise<void>): void {
    const channel = this.channels.ofPayment(payment);
    if (channel?.standsAlone === true) return;
    const acquirer = channel?.acquirer ?? '';
    const { clientId } = payment;
    const body = createPaymentNotice(payment, acquirer);
    this.outbox.enqueue({ clientId, scheme: 'snap', body }, answered);
  }

  private settle(
    payment: SnapPayment,
    status: 'SUCCESS' | 'FAILED',
    answered: Promise<void>,
    failure?: string,
  ): void {
    payment.status = status;
    if (failure !== undefined) payment.failure = failure;
    this.payments.changed();
    this.notify(payment, answered);
  }
}

function demandPending({ status }: SnapPayment): void {
  if (status !== 'PENDING') throw new DecisionRefused(`This payment is ${status} already.`);
}
