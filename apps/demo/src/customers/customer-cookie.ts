import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request whose browser is known. */
export interface ShopRequest extends IncomingMessage {
  customerId?: string;
}

const COOKIE = 'shop_customer';
const YEAR_SECONDS = 31_536_000;
const CUSTOMER_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes a customer of every browser: a random id in a cookie, so that two browsers share no cards. */
export function rememberCustomer(
  request: ShopRequest,
  response: ServerResponse,
  next: () => void,
): void {
  const known = readCookie(request.headers.cookie);
  request.customerId = known ?? randomUUID();
  if (known === undefined) {
    response.setHeader(
      'Set-Cookie',
      `${COOKIE}=${request.customerId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}`,
    );
  }
  next();
}

function readCookie(header = ''): string | undefined {
  return header
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name, value = '']) => name === COOKIE && CUSTOMER_ID.test(value))?.[1];
}
