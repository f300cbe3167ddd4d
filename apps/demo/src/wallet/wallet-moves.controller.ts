import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { MoveAmountDto } from './dto/move-amount.dto.js';
import { TransferDto } from './dto/transfer.dto.js';
import { toMoveView, type WalletMoveView } from './wallet-move.js';
import { WalletMoves } from './wallet-moves.service.js';
import { WalletMovesStore } from './wallet-moves.store.js';

@Controller('api/wallet/moves')
export class WalletMovesController {
  constructor(
    private readonly service: WalletMoves,
    private readonly moves: WalletMovesStore,
  ) {}

  /** Oldest first. */
  @Get()
  list(@CustomerId() customerId: string): WalletMoveView[] {
    return this.moves.ofCustomer(customerId).map(toMoveView);
  }

  @Post('top-ups')
  async askTopUp(
    @CustomerId() customerId: string,
    @Body() { amount }: MoveAmountDto,
  ): Promise<WalletMoveView> {
    return toMoveView(await this.service.askTopUp(customerId, amount));
  }

  @Post('transfers')
  async askTransfer(
    @CustomerId() customerId: string,
    @Body() wanted: TransferDto,
  ): Promise<WalletMoveView> {
    return toMoveView(await this.service.askTransfer(customerId, wanted));
  }

  @Post(':id/send')
  @HttpCode(200)
  async send(@CustomerId() customerId: string, @Param('id') id: string): Promise<WalletMoveView> {
    return toMoveView(await this.service.send(customerId, id));
  }

  @Post(':id/check')
  @HttpCode(200)
  async check(@CustomerId() customerId: string, @Param('id') id: string): Promise<WalletMoveView> {
    return toMoveView(await this.service.check(customerId, id));
  }
}
