import { HttpStatus } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';

const RUPIAH = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });

/**
 * As DOKU advises: who cannot pay is told so here, and not sent to a page first.
 *
 * @param name of what holds the balance
 * @param balance whole rupiah; `undefined` where DOKU's answer cannot be understood, which stops nobody
 * @throws ShopError when there is less than that
 */
export function demandBalance(name: string, balance: number | undefined, amount: number): void {
  if (balance === undefined || balance >= amount) return;
  throw new ShopError(
    'balance-too-low',
    HttpStatus.UNPROCESSABLE_ENTITY,
    `Your ${name} balance of Rp ${RUPIAH.format(balance)} is not enough. Top it up, or choose another way to pay.`,
  );
}
