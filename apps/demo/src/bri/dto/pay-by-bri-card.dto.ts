import { IsBoolean, IsOptional } from 'class-validator';

import { PayByCardDto } from '../../cards/dto/pay-by-card.dto.js';

/** Request of `POST /api/orders/:reference/payment/bri`. */
export class PayByBriCardDto extends PayByCardDto {
  /** Charge as a recurring payment, for which BRI asks no code. */
  @IsOptional()
  @IsBoolean()
  withoutCode?: boolean;
}
