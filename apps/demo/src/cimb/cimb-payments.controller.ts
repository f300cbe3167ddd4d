import { Controller } from '@nestjs/common';

import { CardPaymentsController } from '../cards/card-payments.controller.js';
import { CardPayments } from '../cards/card-payments.service.js';
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
}
