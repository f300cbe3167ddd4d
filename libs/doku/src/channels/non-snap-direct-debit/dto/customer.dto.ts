import {
  MandatoryText,
  OptionalCountry,
  OptionalDayMonthYear,
  OptionalText,
  PhoneNumber,
} from '../../../validation/text.decorators.js';

/** Names a customer, where DOKU asks for no more. */
export class DirectDebitCustomerReferenceDto {
  /**
   * The merchant's own key of the customer. 50 characters, because it has to fit every call
   * (reference non-snap 3.19 no. 1).
   */
  @MandatoryText(50)
  id!: string;

  /** At most 64 characters (reference non-snap 3.19 no. 2). */
  @OptionalText(64)
  name?: string;
}

/** The customer of a registration or a payment (reference non-snap 3.1, 3.3 and 3.19 nos. 1 to 7, 11). */
export class DirectDebitCustomerDto extends DirectDebitCustomerReferenceDto {
  @OptionalText(64)
  email?: string;

  /** Digits only, calling code first: `6281122334455`. */
  @PhoneNumber('optional')
  phone?: string;

  @OptionalText(255)
  address?: string;

  /** Letters only; `ID` rather than `Indonesia` where both would do. */
  @OptionalCountry()
  country?: string;

  /** KTP number, for DOKU's risk engine. */
  @OptionalText(20)
  id_card?: string;

  /** `dd-MM-yyyy` */
  @OptionalDayMonthYear()
  date_of_birth?: string;

  @OptionalText(256)
  additional_info?: string;
}
