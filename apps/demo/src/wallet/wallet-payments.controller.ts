import { Controller, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { WalletPayments } from './wallet-payments.service.js';

@Controller('api/orders/:reference/payment/wallet')
export class WalletPaymentsController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly payments: WalletPayments,
  ) {}

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<OrderView> {
    return toOrderView(await this.payments.pay(this.orders.get(reference, customerId)));
  }
}
