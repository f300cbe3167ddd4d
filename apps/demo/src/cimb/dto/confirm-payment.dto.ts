import { Matches } from 'class-validator';

/** Request of `POST /api/orders/:reference/payment/cimb/otp`. */
export class ConfirmPaymentDto {
  /** A text: a code can begin with 0. */
  @Matches(/^\d{4,6}$/, { message: 'Type the digits of the code that the bank sent you.' })
  otp!: string;
}
