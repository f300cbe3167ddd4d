import { Matches } from 'class-validator';

import { WithoutSpaces } from '../../customers/without-spaces.decorator.js';
import { MoveAmountDto } from './move-amount.dto.js';

/** Request of `POST /api/wallet/moves/transfers`. */
export class TransferDto extends MoveAmountDto {
  /** Such as `014`. */
  @Matches(/^\d{3}$/, { message: 'Choose a bank.' })
  bankCode!: string;

  @WithoutSpaces()
  @Matches(/^\d{6,20}$/, { message: 'Type the 6 to 20 digits of the bank account.' })
  accountNumber!: string;
}
