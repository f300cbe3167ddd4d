import { Body, Controller, Put } from '@nestjs/common';

import { DurableDelivery } from '../delivery/durable-delivery.js';
import { Bookkeeping, type BooksView } from './bookkeeping.js';
import { FailBookkeepingDto } from './dto/fail-bookkeeping.dto.js';

@Controller('api/bookkeeping')
export class BookkeepingController {
  constructor(
    private readonly books: Bookkeeping,
    private readonly durable: DurableDelivery,
  ) {}

  @Put()
  fail(@Body() { isFailing }: FailBookkeepingDto): BooksView {
    this.durable.demand();
    this.books.fail(isFailing);
    return this.books.view();
  }
}
