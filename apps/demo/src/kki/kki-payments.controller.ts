import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { PayWithKkiDto } from './dto/pay-with-kki.dto.js';
import { KkiPaymentsService } from './kki-payments.service.js';

@Controller('api/orders/:reference/payment/kki')
export class KkiPaymentsController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly payments: KkiPaymentsService,
  ) {}

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() card: PayWithKkiDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.pay(order, card));
  }
}
