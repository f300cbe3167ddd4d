import { IsIn, Matches } from 'class-validator';

import { CATALOG } from '../../catalog/catalog.js';

/** Request of `POST /api/orders`. */
export class OpenOrderDto {
  @IsIn(CATALOG.map(({ id }) => id), { message: 'Choose one of our products.' })
  productId!: string;

  /** Made by the page for each purchase, so that a button pressed twice opens one order. */
  @Matches(/^[0-9a-f]{32}$/)
  draftId!: string;
}
