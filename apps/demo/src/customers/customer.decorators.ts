import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import type { CustomerDevice, ShopRequest } from './customer-cookie.js';

/** The id of the browser that asks. */
export const CustomerId = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  known(requestOf(context).customerId),
);

/** The device that asks, as DOKU wants to know it. */
export const Device = createParamDecorator(
  (_: unknown, context: ExecutionContext): CustomerDevice => known(requestOf(context).device),
);

function requestOf(context: ExecutionContext): ShopRequest {
  return context.switchToHttp().getRequest<ShopRequest>();
}

function known<Value>(value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new Error('rememberCustomer() must stand in front of the routes: see configure-app.ts');
}
