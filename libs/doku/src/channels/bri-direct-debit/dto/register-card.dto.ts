import { Nested } from '../../../validation/nested.decorators.js';
import { OptionalOpenObject } from '../../../validation/open-object.decorator.js';
import { DirectDebitCustomerDto } from '../../non-snap-direct-debit/dto/customer.dto.js';

/**
 * Request of `registerCard`. Not confirmed by DOKU, which shows no body of it: taken from CIMB's
 * (reference non-snap 3.8). What else DOKU tells you to send goes into the option `extra`.
 */
export class BriRegisterCardDto {
  @Nested(() => DirectDebitCustomerDto)
  customer!: DirectDebitCustomerDto;

  /** Open object that identifies the card; DOKU documents no member of it. */
  @OptionalOpenObject()
  debit_card?: Readonly<Record<string, unknown>>;
}
