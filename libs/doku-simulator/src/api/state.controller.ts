import { Controller, Get } from '@nestjs/common';
import { CardBook, type Card } from '../bank/card-book.js';
import { Ledger, type LedgerEntry } from '../bank/ledger.js';
import { PaymentBook, type Payment } from '../bank/payment-book.js';

/** What the bank knows. */
@Controller('_simulator')
export class StateController {
  constructor(
    private readonly cards: CardBook,
    private readonly payments: PaymentBook,
    private readonly ledger: Ledger,
  ) {}

  @Get('payments')
  listPayments(): readonly Payment[] {
    return this.payments.all();
  }

  @Get('cards')
  listCards(): Card[] {
    return this.cards.all();
  }

  @Get('ledger')
  readLedger(): {
    entries: readonly LedgerEntry[];
    debitedTwice: { invoiceNumber: string; entries: LedgerEntry[] }[];
  } {
    return { entries: this.ledger.entries(), debitedTwice: this.ledger.debitedTwice() };
  }
}
