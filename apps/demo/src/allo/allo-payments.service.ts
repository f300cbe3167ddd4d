import { Inject, Injectable } from '@nestjs/common';
import {
  AlloDirectDebitService,
  createPartnerReference,
  type SnapTransactionStatus,
} from 'nestjs-doku';

import type { CustomerDevice } from '../customers/customer-cookie.js';
import type { Order, PaymentAttempt } from '../orders/order.js';
import type { AttemptNews } from '../orders/orders.store.js';
import type {
  RefundAnswer,
  RefundingMethod,
  StatusHint,
  WantedRefund,
} from '../payments/payment-method.js';
import { demandBalance } from '../payments/sufficient-balance.js';
import { SnapPayments } from '../payments/snap-payments.service.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { AlloAccountsService } from './allo-accounts.service.js';

/** Pays from the balance of the customer's Allo account; the customer confirms on Allo's page. */
@Injectable()
export class AlloPaymentsService implements RefundingMethod {
  constructor(
    private readonly allo: AlloDirectDebitService,
    private readonly accounts: AlloAccountsService,
    private readonly payments: SnapPayments,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  pay(order: Order, device: CustomerDevice): Promise<Order> {
    return this.payments.pay(order, {
      method: 'allo',
      label: 'Allo Bank',
      prepare: async ({ customerId, amount }) => {
        demandBalance('Allo', await this.accounts.readBalance(customerId, device), amount);
      },
      send: (current, reference) => this.send(current, reference, device),
    });
  }

  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint> {
    return this.payments.check(order, attempt, (reference) => this.ask(reference));
  }

  createRefundId(): string {
    return createPartnerReference();
  }

  refund(wanted: WantedRefund): Promise<RefundAnswer> {
    const { order, device } = wanted;
    return this.payments.refund(
      wanted,
      (reference) => this.ask(reference),
      (request) =>
        this.accounts.call(order.customerId, device, (options) =>
          this.allo.refund(request, options),
        ),
    );
  }

  private ask(reference: string): Promise<SnapTransactionStatus> {
    return this.allo.checkStatus({ originalPartnerReferenceNo: reference });
  }

  private async send(
    { reference: orderReference, customerId, amount, product }: Order,
    reference: string,
    device: CustomerDevice,
  ): Promise<AttemptNews> {
    // Both ways back lead to the order: whether it is paid, the notification or the status tells.
    const back = `${this.settings.shopUrl}/?order=${orderReference}`;
    const payment = await this.accounts.call(customerId, device, (options) =>
      this.allo.createPayment(
        {
          partnerReferenceNo: reference,
          amount: { value: amount },
          payOptionDetails: [{ payMethod: 'BALANCE', transAmount: { value: amount } }],
          additionalInfo: {
            remarks: product.name.slice(0, 40),
            successPaymentUrl: back,
            failedPaymentUrl: back,
            lineItems: [{ name: product.name.slice(0, 32), price: product.price, quantity: 1 }],
          },
        },
        options,
      ),
    );
    const { webRedirectUrl } = payment;
    return webRedirectUrl === undefined
      ? { phase: 'confirming' }
      : { phase: 'page', pageUrl: webRedirectUrl };
  }
}
