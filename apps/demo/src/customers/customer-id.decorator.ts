import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import type { ShopRequest } from './customer-cookie.js';

/** The id of the browser that asks. */
export const CustomerId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { customerId } = context.switchToHttp().getRequest<ShopRequest>();
  if (customerId === undefined) {
    throw new Error('rememberCustomer() must stand in front of the routes: see configure-app.ts');
  }
  return customerId;
});
