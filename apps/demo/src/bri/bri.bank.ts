import { Injectable } from '@nestjs/common';
import { BRI_OTP_RULES, BriDirectDebitService } from 'nestjs-doku';

import type { CardBank } from '../cards/card-bank.js';

@Injectable()
export class BriBank implements CardBank {
  readonly method = 'bri';
  readonly name = 'BRI';
  readonly whenBlocked = `The code was wrong ${BRI_OTP_RULES.tries} times, so BRI has blocked this card for ${BRI_OTP_RULES.blockHours} hours. Nothing was charged. Use another card, or pay another way.`;

  constructor(readonly service: BriDirectDebitService) {}
}
