import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';

import { TypeCodeDto } from '../payments/dto/type-code.dto.js';
import { SavedCards } from '../cards/saved-cards.service.js';
import { CustomerId } from '../customers/customer.decorators.js';
import { BriBank } from './bri.bank.js';
import { type BriCardsView, BriRegistrations } from './bri-registrations.service.js';
import { RegisterBriCardDto } from './dto/register-bri-card.dto.js';

@Controller('api/bri/cards')
export class BriCardsController {
  constructor(
    private readonly bank: BriBank,
    private readonly cards: SavedCards,
    private readonly registrations: BriRegistrations,
  ) {}

  @Get()
  look(@CustomerId() customerId: string): Promise<BriCardsView> {
    return this.registrations.look(customerId);
  }

  @Post()
  register(
    @CustomerId() customerId: string,
    @Body() { cardNumber }: RegisterBriCardDto,
  ): Promise<BriCardsView> {
    return this.registrations.begin(customerId, cardNumber);
  }

  @Post('registration/otp')
  @HttpCode(200)
  confirm(@CustomerId() customerId: string, @Body() { otp }: TypeCodeDto): Promise<BriCardsView> {
    return this.registrations.confirm(customerId, otp);
  }

  @Post('registration/otp/resend')
  @HttpCode(200)
  resendCode(@CustomerId() customerId: string): Promise<BriCardsView> {
    return this.registrations.resendCode(customerId);
  }

  @Delete('registration')
  @HttpCode(204)
  forget(@CustomerId() customerId: string): void {
    this.registrations.forget(customerId);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CustomerId() customerId: string, @Param('id') id: string): Promise<void> {
    return this.cards.remove(this.bank, customerId, id);
  }
}
