import { Controller, HttpCode, Param, Post } from '@nestjs/common';

import type { CustomerDevice } from '../customers/customer-cookie.js';
import { CustomerId, Device } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { AlloPaymentsService } from './allo-payments.service.js';

@Controller('api/orders/:reference/payment/allo')
export class AlloPaymentsController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly payments: AlloPaymentsService,
  ) {}

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Device() device: CustomerDevice,
    @Param('reference') reference: string,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.pay(order, device));
  }
}
