import { MobilePhone } from '../../customers/mobile-phone.decorator.js';

/** Request of `POST /api/cards`. */
export class RegisterCardDto {
  @MobilePhone()
  mobilePhone!: string;
}
