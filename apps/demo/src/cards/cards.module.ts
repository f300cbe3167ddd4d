import { Module } from '@nestjs/common';

import { PaymentsModule } from '../payments/payments.module.js';
import { CardPayments } from './card-payments.service.js';
import { CardStatus } from './card-status.service.js';
import { SavedCards } from './saved-cards.service.js';

@Module({
  imports: [PaymentsModule],
  providers: [SavedCards, CardPayments, CardStatus],
  exports: [SavedCards, CardPayments, CardStatus, PaymentsModule],
})
export class CardsModule {}
