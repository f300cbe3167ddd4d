import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';

import { findProduct } from '../catalog/catalog.js';
import type { CustomerDevice } from '../customers/customer-cookie.js';
import { CustomerId, Device } from '../customers/customer.decorators.js';
import { ShopError } from '../errors/shop.error.js';
import { lastAttempt, type OrderView, toOrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import type { StatusHint } from '../payments/payment-method.js';
import { OpenOrderDto } from './dto/open-order.dto.js';
import { RefundOrderDto } from './dto/refund-order.dto.js';
import { PaymentMethods } from './payment-methods.js';
import { RefundsService } from './refunds.service.js';

@Controller('api/orders')
export class CheckoutController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly methods: PaymentMethods,
    private readonly refunds: RefundsService,
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

  @Post(':reference/status-check')
  @HttpCode(200)
  async check(
    @CustomerId() customerId: string,
    @Param('reference') reference: string,
  ): Promise<StatusHint> {
    const order = this.orders.get(reference, customerId);
    const attempt = lastAttempt(order);
    if (attempt) return this.methods.named(attempt.method).check(order, attempt);
    return { message: 'Nothing has been paid yet.', next: 'wait', order: toOrderView(order) };
  }

  @Post(':reference/refunds')
  @HttpCode(200)
  async refund(
    @CustomerId() customerId: string,
    @Device() device: CustomerDevice,
    @Param('reference') reference: string,
    @Body() { amount }: RefundOrderDto,
  ): Promise<OrderView> {
    const order = this.orders.get(reference, customerId);
    return toOrderView(await this.refunds.refund(order, device, amount));
  }
}
