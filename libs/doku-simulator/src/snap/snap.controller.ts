import { ServerResponse } from 'node:http';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { SnapGateway, type TokenOperation } from './snap-gateway.js';
import { SNAP_ENDPOINTS, TOKEN_ENDPOINTS } from './snap-operation.js';
import { SnapStatus } from './snap-status.js';
import { SnapTokens } from './snap-tokens.js';
import type { RawRequest } from '../engine/raw-request.js';

/** The SNAP addresses (snap reference 7); channels share them. */
@Controller()
export class SnapController {
  private readonly b2b: TokenOperation;
  private readonly b2b2c: TokenOperation;

  constructor(
    private readonly gateway: SnapGateway,
    private readonly status: SnapStatus,
    tokens: SnapTokens,
    catalogue: OperationCatalogue,
  ) {
    this.b2b = {
      name: 'snap.b2bToken',
      endpoint: TOKEN_ENDPOINTS.b2b,
      successCode: '2007300',
      foreignAnswer: { accessToken: 'token-of-somebody-else', tokenType: 'Bearer', expiresIn: 900 },
      handle: (merchant, body) => tokens.giveMerchantToken(merchant, body),
    };
    this.b2b2c = {
      name: 'snap.b2b2cToken',
      endpoint: TOKEN_ENDPOINTS.b2b2c,
      successCode: '2007400',
      foreignAnswer: { accessToken: 'token-of-somebody-else', tokenType: 'Bearer' },
      handle: (merchant, body) => tokens.giveCustomerToken(merchant, body),
    };
    catalogue.add(
      [this.b2b, this.b2b2c, this.status.operation].map(({ name, endpoint }) => ({
        name,
        method: 'POST',
        path: endpoint.path,
        scheme: 'snap',
      })),
    );
  }

  @Post(TOKEN_ENDPOINTS.b2b.path)
  b2bToken(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleToken(this.b2b, request, response);
  }

  @Post(TOKEN_ENDPOINTS.b2b2c.path)
  b2b2cToken(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleToken(this.b2b2c, request, response);
  }

  @Post(SNAP_ENDPOINTS.bindAccount.path)
  bindAccount(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleByChannel(SNAP_ENDPOINTS.bindAccount, request, response);
  }

  @Post(SNAP_ENDPOINTS.inquireBalance.path)
  inquireBalance(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleByChannel(SNAP_ENDPOINTS.inquireBalance, request, response);
  }

  @Post(SNAP_ENDPOINTS.createPayment.path)
  createPayment(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleByChannel(SNAP_ENDPOINTS.createPayment, request, response);
  }

  @Post(SNAP_ENDPOINTS.refund.path)
  refund(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleByChannel(SNAP_ENDPOINTS.refund, request, response);
  }

  @Post(SNAP_ENDPOINTS.unbindAccount.path)
  unbindAccount(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    return this.gateway.handleByChannel(SNAP_ENDPOINTS.unbindAccount, request, response);
  }

  @Post(SNAP_ENDPOINTS.checkStatus.path)
  checkStatus(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    const { checkStatus } = SNAP_ENDPOINTS;
    return this.gateway.handle(checkStatus, this.status.operation, request, response);
  }
}
