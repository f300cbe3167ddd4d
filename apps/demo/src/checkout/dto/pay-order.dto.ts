import { Matches } from 'class-validator';

/** Request of `POST /api/orders/:reference/payment`. */
export class PayOrderDto {
  /** `id` of a card from `GET /api/cards`. */
  @Matches(/^[0-9a-f]{16}$/, { message: 'Choose a card.' })
  cardId!: string;
}
