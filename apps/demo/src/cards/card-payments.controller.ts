import { Body, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import type { CardBank } from './card-bank.js';
import { PayByCardDto } from './dto/pay-by-card.dto.js';
import { CardPayments } from './card-payments.service.js';
import { TypeCodeDto } from '../payments/dto/type-code.dto.js';

/** What the routes of every bank's cards have in common, below `api/orders/:reference/payment/<bank>`. */
export abstract class CardPaymentsController {
  protected abstract readonly bank: CardBank;

  constructor(
    private readonly orders: OrdersStore,
    private readonly payments: CardPayments,
  ) {}

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

  @Post('otp')
  @HttpCode(200)
  async confirm(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { otp }: TypeCodeDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.confirm(this.bank, order, otp));
  }

  @Post('otp/resend')
  @HttpCode(200)
  async resendCode(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.payments.resendCode(this.bank, order));
  }
}
