import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';

import { type SavedCard, SavedCards } from '../cards/saved-cards.service.js';
import { CustomerId } from '../customers/customer.decorators.js';
import { CimbBank } from './cimb.bank.js';
import { CimbRegistrations } from './cimb-registrations.service.js';
import { RegisterCardDto } from './dto/register-card.dto.js';

@Controller('api/cimb/cards')
export class CimbCardsController {
  constructor(
    private readonly bank: CimbBank,
    private readonly cards: SavedCards,
    private readonly registrations: CimbRegistrations,
  ) {}

  @Get()
  list(@CustomerId() customerId: string): Promise<SavedCard[]> {
    return this.cards.list(this.bank, customerId);
  }

  @Post()
  async register(
    @CustomerId() customerId: string,
    @Body() { mobilePhone }: RegisterCardDto,
  ): Promise<{ readonly registrationUrl: string }> {
    return { registrationUrl: await this.registrations.begin(customerId, mobilePhone) };
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CustomerId() customerId: string, @Param('id') id: string): Promise<void> {
    return this.cards.remove(this.bank, customerId, id);
  }
}
