import { MobilePhone } from '../../customers/mobile-phone.decorator.js';

/** Request of `POST /api/allo`. */
export class LinkAccountDto {
  /** The number that Allo knows. */
  @MobilePhone()
  mobilePhone!: string;
}
