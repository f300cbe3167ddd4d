import { Matches } from 'class-validator';

/** A code that the customer typed. */
export class TypeCodeDto {
  /** A text: a code can begin with 0. */
  @Matches(/^\d{4,6}$/, { message: 'Type the digits of the code that the bank sent you.' })
  otp!: string;
}
