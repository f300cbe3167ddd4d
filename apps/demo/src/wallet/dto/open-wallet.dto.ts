import { IsEmail, Length } from 'class-validator';

import { MobilePhone } from '../../customers/mobile-phone.decorator.js';

/** Request of `POST /api/wallet`. */
export class OpenWalletDto {
  @Length(1, 100, { message: 'Type your name.' })
  name!: string;

  /** DOKU sends a code there. */
  @MobilePhone()
  mobilePhone!: string;

  @IsEmail({}, { message: 'Type an e-mail address, such as budi@example.com.' })
  email!: string;
}
