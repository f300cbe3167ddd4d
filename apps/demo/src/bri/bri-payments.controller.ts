import { Controller } from '@nestjs/common';

import { CardPaymentsController } from '../cards/card-payments.controller.js';
import { CardPayments } from '../cards/card-payments.service.js';
import { OrdersStore } from '../orders/orders.store.js';
import { BriBank } from './bri.bank.js';

@Controller('api/orders/:reference/payment/bri')
export class BriPaymentsController extends CardPaymentsController {
  constructor(
    orders: OrdersStore,
    payments: CardPayments,
    protected readonly bank: BriBank,
  ) {
    super(orders, payments);
  }
}
