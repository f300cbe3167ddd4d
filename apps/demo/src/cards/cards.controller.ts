import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { CardsService, type SavedCard } from './cards.service.js';
import { RegisterCardDto } from './dto/register-card.dto.js';

@Controller('api/cards')
export class CardsController {
  constructor(private readonly cards: CardsService) {}

  @Get()
  async list(@CustomerId() customerId: string): Promise<SavedCard[]> {
    const cards = await this.cards.list(customerId);
    return cards.map(({ id, label }) => ({ id, label }));
  }

  @Post()
  async register(
    @CustomerId() customerId: string,
    @Body() { mobilePhone }: RegisterCardDto,
  ): Promise<{ readonly registrationUrl: string }> {
    return { registrationUrl: await this.cards.register(customerId, mobilePhone) };
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CustomerId() customerId: string, @Param('id') id: string): Promise<void> {
    return this.cards.remove(customerId, id);
  }
}
