import { MobilePhone } from '../../customers/mobile-phone.decorator.js';

/** Request of `POST /api/cimb/cards`. */
export class RegisterCardDto {
  @MobilePhone()
  mobilePhone!: string;
}
