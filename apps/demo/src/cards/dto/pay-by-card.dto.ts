import { IsBoolean, IsOptional, Matches } from 'class-validator';

/** Request of `POST /api/orders/:reference/payment/<bank>`. */
export class PayByCardDto {
  /** `id` of a card from `GET /api/<bank>/cards`. */
  @Matches(/^[0-9a-f]{16}$/, { message: 'Choose a card.' })
  cardId!: string;

  /** Charge as a recurring payment, for which the bank asks no code: BRI has that. */
  @IsOptional()
  @IsBoolean()
  withoutCode?: boolean;
}
