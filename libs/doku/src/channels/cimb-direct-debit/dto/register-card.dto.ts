import { Nested } from '../../../validation/nested.decorators.js';
import { OptionalText, OptionalWebUrl, PhoneNumber } from '../../../validation/text.decorators.js';
import { DirectDebitCustomerDto } from '../../non-snap-direct-debit/dto/customer.dto.js';

/** How CIMB knows the customer, and where the browser goes afterwards. */
export class CimbCardRegistrationDto {
  /** E-mail address that CIMB knows. */
  @OptionalText()
  account_email?: string;

  /** Phone number that CIMB knows: digits, calling code first. */
  @PhoneNumber('mandatory')
  account_mobile_phone!: string;

  /** Where the browser lands when the customer approved. A hint only: ask `listTokens`. */
  @OptionalWebUrl()
  success_registration_url?: string;

  @OptionalWebUrl()
  failed_registration_url?: string;
}

/** Request of `registerCard` (reference non-snap 3.1). */
export class CimbRegisterCardDto {
  @Nested(() => DirectDebitCustomerDto)
  customer!: DirectDebitCustomerDto;

  @Nested(() => CimbCardRegistrationDto)
  debit_card!: CimbCardRegistrationDto;
}
