import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';

import { findProduct } from '../catalog/catalog.js';
import { CustomerId } from '../customers/customer-id.decorator.js';
import { ShopError } from '../errors/shop.error.js';
import { type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { CheckoutService } from './checkout.service.js';
import { ConfirmPaymentDto } from './dto/confirm-payment.dto.js';
import { OpenOrderDto } from './dto/open-order.dto.js';
import { PayOrderDto } from './dto/pay-order.dto.js';
import { RefundOrderDto } from './dto/refund-order.dto.js';
import { RefundsService } from './refunds.service.js';
import { type StatusHint, StatusCheckService } from './status-check.service.js';

@Controller('api/orders')
export class CheckoutController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly checkout: CheckoutService,
    private readonly refunds: RefundsService,
    private readonly statusCheck: StatusCheckService,
  ) {}

  @Post()
  open(@CustomerId() customerId: string, @Body() { productId, draftId }: OpenOrderDto): OrderView {
    const product = findProduct(productId);
    if (!product) {
      throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'There is no such product.');
    }
    return toOrderView(this.orders.open(customerId, draftId, product));
  }

  @Get(':reference')
  show(@CustomerId() customerId: string, @Param('reference') reference: string): OrderView {
    return toOrderView(this.orders.get(reference, customerId));
  }

  @Post(':reference/payment')
  @HttpCode(200)
  async pay(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { cardId }: PayOrderDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.checkout.pay(order, cardId));
  }

  @Post(':reference/payment/otp')
  @HttpCode(200)
  async confirm(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { otp }: ConfirmPaymentDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.checkout.confirm(order, otp));
  }

  @Post(':reference/payment/otp/resend')
  @HttpCode(200)
  async resendCode(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.checkout.resendCode(order));
  }

  @Post(':reference/status-check')
  @HttpCode(200)
  check(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<StatusHint> {
    return this.statusCheck.check(this.orders.get(reference, customerId));
  }

  @Post(':reference/refunds')
  @HttpCode(200)
  async refund(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
    @Body() { amount }: RefundOrderDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.refunds.refund(order, amount));
  }
}
