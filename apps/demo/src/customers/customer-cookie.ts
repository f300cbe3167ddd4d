import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What DOKU is told about where a customer sits. */
export interface CustomerDevice {
  readonly id: string;
  /** As the connection has it; DOKU does not take every one. */
  readonly address: string;
}

/** A request whose browser is known. */
export interface ShopRequest extends IncomingMessage {
  customerId?: string;
  device?: CustomerDevice;
}

const COOKIE = 'shop_customer';
const YEAR_SECONDS = 31_536_000;
const VALUE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes a customer of every browser: a random value in a cookie, so that two browsers share no cards. */
export function rememberCustomer(
  request: ShopRequest,
  response: ServerResponse,
  next: () => void,
): void {
  const known = readCookie(request.headers.cookie);
  const cookie = known ?? randomUUID();
  // Who has the cookie is the customer. Ids travel to DOKU and into logs, so they must not lead back to it.
  request.customerId = derive('customer', cookie).slice(0, 32);
  request.device = {
    id: derive('device', cookie),
    // A socket for both protocols gives IPv4 addresses as IPv6.
    address: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
  if (known === undefined) {
    response.setHeader(
      'Set-Cookie',
      `${COOKIE}=${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}`,
    );
  }
  next();
}

function derive(purpose: string, cookie: string): string {
  return createHash('sha256').update(`${purpose} ${cookie}`).digest('hex');
}

function readCookie(header = ''): string | undefined {
  return header
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name, value = '']) => name === COOKIE && VALUE.test(value))?.[1];
}
