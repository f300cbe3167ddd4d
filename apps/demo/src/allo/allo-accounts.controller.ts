import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';

import type { CustomerDevice } from '../customers/customer-cookie.js';
import { CustomerId, Device } from '../customers/customer.decorators.js';
import { AlloAccountsService, type AlloAccountView } from './allo-accounts.service.js';
import { LinkAccountDto } from './dto/link-account.dto.js';

@Controller('api/allo')
export class AlloAccountsController {
  constructor(private readonly accounts: AlloAccountsService) {}

  @Get()
  look(
    @CustomerId() customerId: string,
    @Device() device: CustomerDevice,
  ): Promise<AlloAccountView> {
    return this.accounts.look(customerId, device);
  }

  @Post()
  async link(
    @CustomerId() customerId: string,
    @Device() device: CustomerDevice,
    @Body() { mobilePhone }: LinkAccountDto,
  ): Promise<{ readonly pageUrl: string }> {
    return { pageUrl: await this.accounts.link(customerId, mobilePhone, device) };
  }

  @Delete()
  @HttpCode(204)
  unlink(@CustomerId() customerId: string, @Device() device: CustomerDevice): Promise<void> {
    return this.accounts.unlink(customerId, device);
  }
}
