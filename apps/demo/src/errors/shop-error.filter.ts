import type { ServerResponse } from 'node:http';

import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';

import { toShopError } from './gateway-failure.js';
import { ShopError, type ShopErrorCode } from './shop.error.js';

/** The only shape in which the shop's API reports trouble. */
interface ErrorBody {
  readonly error: {
    readonly code: ShopErrorCode;
    readonly message: string;
    readonly requestId?: string;
  };
}

/** Answers every failure as JSON: the code for the page, the message for its reader. */
@Catch()
export class ShopErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Shop');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const { status, body } = this.describe(toShopError(thrown));
    // An event stream that has begun cannot be answered a second time.
    if (response.headersSent) {
      response.end();
      return;
    }
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  }

  private describe(error: unknown): { readonly status: number; readonly body: ErrorBody } {
    if (error instanceof ShopError) {
      const { code, message, status, requestId } = error;
      return { status, body: { error: { code, message, ...(requestId && { requestId }) } } };
    }
    const status = statusOf(error);
    if (status < 500) {
      const code = status === 404 ? 'not-found' : 'invalid-input';
      const message = status === 404 ? 'There is nothing here.' : 'This cannot be understood.';
      return { status, body: { error: { code, message } } };
    }
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { status: 500, body: { error: { code: 'internal', message: 'Something went wrong.' } } };
  }
}

/** Of Nest's own errors, and of those of the body parser. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isFromParser = error instanceof Error && 'expose' in error && 'statusCode' in error;
  return isFromParser && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
