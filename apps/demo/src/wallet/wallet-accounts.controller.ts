import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';

import { TypeCodeDto } from '../payments/dto/type-code.dto.js';
import { CustomerId } from '../customers/customer.decorators.js';
import { HistoryPageDto } from './dto/history-page.dto.js';
import { OpenWalletDto } from './dto/open-wallet.dto.js';
import type { WalletView } from './wallet-account.js';
import { WalletAccountsService } from './wallet-accounts.service.js';
import { type HistoryPage, WalletHistory } from './wallet-history.service.js';
import { WalletOnboarding } from './wallet-onboarding.service.js';

/** Where the browser has to go. */
interface PageAddress {
  readonly pageUrl: string;
}

@Controller('api/wallet')
export class WalletAccountsController {
  constructor(
    private readonly accounts: WalletAccountsService,
    private readonly onboarding: WalletOnboarding,
    private readonly history: WalletHistory,
  ) {}

  @Get()
  look(@CustomerId() customerId: string): Promise<WalletView> {
    return this.accounts.look(customerId);
  }

  @Post()
  async open(@CustomerId() customerId: string, @Body() owner: OpenWalletDto): Promise<WalletView> {
    await this.onboarding.open(customerId, owner);
    return this.accounts.look(customerId);
  }

  @Post('otp')
  @HttpCode(200)
  async confirm(
    @CustomerId() customerId: string,
    @Body() { otp }: TypeCodeDto,
  ): Promise<PageAddress> {
    return { pageUrl: await this.onboarding.confirm(customerId, otp) };
  }

  @Post('link')
  async link(@CustomerId() customerId: string): Promise<PageAddress> {
    return { pageUrl: await this.onboarding.link(customerId) };
  }

  @Delete('opening')
  @HttpCode(204)
  forget(@CustomerId() customerId: string): void {
    this.onboarding.forget(customerId);
  }

  @Get('history')
  showHistory(
    @CustomerId() customerId: string,
    @Query() wanted: HistoryPageDto,
  ): Promise<HistoryPage> {
    return this.history.page(customerId, wanted);
  }
}
