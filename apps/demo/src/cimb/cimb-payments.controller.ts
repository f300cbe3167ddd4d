import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { CardPaymentsController } from '../cards/card-payments.controller.js';
import { CardPayments } from '../cards/card-payments.service.js';
import { PayByCardDto } from '../cards/dto/pay-by-card.dto.js';
import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { CimbBank } from './cimb.bank.js';

@Controller('api/orders/:reference/payment/cimb')
export class CimbPaymentsController extends CardPaymentsController {
  constructor(
    orders: OrdersStore,
    payments: CardPayments,
    protected readonly bank: CimbBank,
  ) {
    super(orders, payments);
  }

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() choice: PayByCardDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.pay(this.bank, order, choice));
  }
}
