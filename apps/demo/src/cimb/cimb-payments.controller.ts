import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { CimbPaymentsService } from './cimb-payments.service.js';
import { ConfirmPaymentDto } from './dto/confirm-payment.dto.js';
import { PayByCardDto } from './dto/pay-by-card.dto.js';

@Controller('api/orders/:reference/payment/cimb')
export class CimbPaymentsController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly payments: CimbPaymentsService,
  ) {}

  @Post()
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { cardId }: PayByCardDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.pay(order, cardId));
  }

  @Post('otp')
  @HttpCode(200)
  async confirm(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { otp }: ConfirmPaymentDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.confirm(order, otp));
  }

  @Post('otp/resend')
  @HttpCode(200)
  async resendCode(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.resendCode(order));
  }
}
