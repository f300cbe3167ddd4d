import { Matches } from 'class-validator';

import { WithoutSpaces } from '../../customers/without-spaces.decorator.js';

/** Request of `POST /api/orders/:reference/payment/kki`. Both go to DOKU, and nowhere else. */
export class PayWithKkiDto {
  /** As people type it, in groups. */
  @WithoutSpaces()
  @Matches(/^\d{12,20}$/, { message: 'Type the digits of your CPAN, 20 at most.' })
  cpan!: string;

  /** A text: a code can begin with 0. */
  @Matches(/^\d{8}$/, { message: 'Type the 8 digits of the code from your bank’s app.' })
  otp!: string;
}
