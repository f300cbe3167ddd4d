import { ServerResponse } from 'node:http';
import { Controller, NotFoundException, Post, Req, Res } from '@nestjs/common';
import { pathOf, type RawRequest } from '../../engine/raw-request.js';
import { SnapGateway } from '../../snap/snap-gateway.js';
import { WalletChannel } from './wallet.channel.js';
import { WALLET_PATHS } from './wallet.operations.js';

/** The addresses of the wallet, each with one operation (wallet reference A.1). */
@Controller()
export class WalletController {
  constructor(
    private readonly gateway: SnapGateway,
    private readonly channel: WalletChannel,
  ) {}

  @Post([...WALLET_PATHS])
  handle(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const operation = this.channel.operations.find(({ endpoint }) => endpoint.path === path);
    // A router takes `/Path/` for `/path`; a signature does not.
    if (operation === undefined) throw new NotFoundException();
    return this.gateway.handle(operation.endpoint, operation, request, response);
  }
}
