import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { CardPaymentsController } from '../cards/card-payments.controller.js';
import { CardPayments } from '../cards/card-payments.service.js';
import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { BriBank } from './bri.bank.js';
import { PayByBriCardDto } from './dto/pay-by-bri-card.dto.js';

@Controller('api/orders/:reference/payment/bri')
export class BriPaymentsController extends CardPaymentsController {
  constructor(
    orders: OrdersStore,
    payments: CardPayments,
    protected readonly bank: BriBank,
  ) {
    super(orders, payments);
  }

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() choice: PayByBriCardDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.pay(this.bank, order, choice));
  }
}
