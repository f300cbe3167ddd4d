import { Inject, Injectable } from '@nestjs/common';
import { createPartnerReference, DokuWalletService, type SnapTransactionStatus } from 'nestjs-doku';

import { isDokuError } from '../errors/gateway-failure.js';
import type { Order, PaymentAttempt } from '../orders/order.js';
import type { AttemptNews } from '../orders/orders.store.js';
import type {
  RefundAnswer,
  RefundingMethod,
  StatusHint,
  WantedRefund,
} from '../payments/payment-method.js';
import { SnapPayments } from '../payments/snap-payments.service.js';
import { demandBalance } from '../payments/sufficient-balance.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { WalletAccountsService } from './wallet-accounts.service.js';

type PurchaseStatus = Pick<SnapTransactionStatus, 'status' | 'transAmount' | 'refundHistory'>;

/**
 * Pays from the customer's wallet; the customer confirms with the PIN on DOKU's page. DOKU sends no
 * notification of it: an order is paid once DOKU has said so on being asked.
 */
@Injectable()
export class WalletPayments implements RefundingMethod {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly accounts: WalletAccountsService,
    private readonly payments: SnapPayments,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  pay(order: Order): Promise<Order> {
    return this.payments.pay(order, {
      method: 'wallet',
      label: 'DOKU Wallet',
      prepare: async ({ customerId, amount }) => {
        demandBalance('wallet', await this.accounts.readBalance(customerId), amount);
      },
      send: (current, reference) => this.send(current, reference),
    });
  }

  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint> {
    return this.payments.check(order, attempt, async (reference) => {
      const found = await this.ask(order, reference);
      // Only the lost answer had the way to its page, so nobody can pay it: it is taken back.
      const isOutOfReach = attempt.phase === 'unknown' && attempt.pageUrl === undefined;
      if (found.status !== 'pending' || !isOutOfReach) return found;
      await this.takeBack(order, reference);
      return this.ask(order, reference);
    });
  }

  createRefundId(): string {
    return createPartnerReference();
  }

  refund(wanted: WantedRefund): Promise<RefundAnswer> {
    const { order } = wanted;
    return this.payments.refund(
      wanted,
      (reference) => this.ask(order, reference),
      (request) =>
        this.accounts.call(order.customerId, (options) =>
          this.wallet.refundPurchase(request, options),
        ),
    );
  }

  private async ask(order: Order, reference: string): Promise<PurchaseStatus> {
    // DOKU wants to know when it was: the attempt was on record before it was sent.
    const startedAt = order.attempts.find(({ id }) => id === reference)?.startedAt;
    const query = {
      originalPartnerReferenceNo: reference,
      transactionDate: new Date(startedAt ?? order.createdAt),
    };
    const { refundHistory = [], ...status } = await this.accounts.call(
      order.customerId,
      (options) => this.wallet.queryPurchase(query, options),
    );
    return {
      ...status,
      // By the name that the other channels have for it.
      refundHistory: refundHistory.map(({ partnerRefundNo, ...entry }) =>
        partnerRefundNo === undefined ? entry : { ...entry, partnerReferenceNo: partnerRefundNo },
      ),
    };
  }

  private async takeBack({ customerId }: Order, reference: string): Promise<void> {
    try {
      await this.accounts.call(customerId, (options) =>
        this.wallet.cancelPurchase(
          { originalPartnerReferenceNo: reference, reason: 'The way to the page got lost' },
          options,
        ),
      );
    } catch (error) {
      // Whatever became of it, the next answer tells.
      if (!isDokuError(error)) throw error;
    }
  }

  private async send(
    { reference: orderReference, customerId, amount }: Order,
    reference: string,
  ): Promise<AttemptNews> {
    const { webRedirectUrl } = await this.accounts.call(customerId, (options) =>
      this.wallet.purchase(
        {
          partnerReferenceNo: reference,
          amount: { value: amount },
          urlParams: [
            {
              url: `${this.settings.shopUrl}/?order=${orderReference}`,
              type: 'PAY_RETURN',
              isDeeplink: 'N',
            },
          ],
        },
        options,
      ),
    );
    return webRedirectUrl === undefined
      ? { phase: 'confirming' }
      : { phase: 'page', pageUrl: webRedirectUrl };
  }
}
