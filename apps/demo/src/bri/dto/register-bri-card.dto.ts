import { Matches } from 'class-validator';

import { WithoutSpaces } from '../../customers/without-spaces.decorator.js';

/** Request of `POST /api/bri/cards`. The number goes to DOKU, and nowhere else. */
export class RegisterBriCardDto {
  /** As people type it, in groups. */
  @WithoutSpaces()
  @Matches(/^\d{16,19}$/, { message: 'Type the 16 to 19 digits of your BRI card.' })
  cardNumber!: string;
}
