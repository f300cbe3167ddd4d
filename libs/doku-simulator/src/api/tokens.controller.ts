import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { TokenBook, type TokenRecord } from '../snap/token-book.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { JsonObject } from '../engine/json.js';

/** The SNAP tokens that were given, without their texts. */
@Controller('_simulator/tokens')
export class TokensController {
  constructor(private readonly tokens: TokenBook) {}

  @Get()
  list(): TokenRecord[] {
    return this.tokens.all();
  }

  /** Ends all that match before their time. */
  @Post('revoke')
  @HttpCode(200)
  revoke(@JsonBody() body: JsonObject): { revoked: number } {
    const input = new ApiInput(body).allowOnly('clientId', 'kind');
    const kind = input.optionalChoice('kind', ['b2b', 'b2b2c']);
    return { revoked: this.tokens.revokeWhere(kind, input.optionalText('clientId')) };
  }
}
