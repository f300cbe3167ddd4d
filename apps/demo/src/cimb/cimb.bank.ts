import { Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import type { CardBank } from '../cards/card-bank.js';

@Injectable()
export class CimbBank implements CardBank {
  readonly method = 'cimb';
  readonly name = 'CIMB';
  readonly whenBlocked =
    'The code was wrong too often, so CIMB takes none for a while. Nothing was charged. Pay another way.';

  constructor(readonly service: CimbDirectDebitService) {}
}
