import { Controller, Get } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { AccountBook, type AccountState } from '../bank/account-book.js';
import { CardBook, type Card } from '../bank/card-book.js';
import { Ledger, type LedgerEntry } from '../bank/ledger.js';
import { PaymentBook, type Payment } from '../bank/payment-book.js';

/** What the bank knows. */
@Controller('_simulator')
export class StateController {
  constructor(
    private readonly cards: CardBook,
    private readonly payments: PaymentBook,
    private readonly snapPayments: SnapPaymentBook,
    private readonly accounts: AccountBook,
    private readonly ledger: Ledger,
  ) {}

  /** Those of SNAP have `scheme: "snap"`. */
  @Get('payments')
  listPayments(): readonly (Payment | SnapPayment)[] {
    return [...this.payments.all(), ...this.snapPayments.all()];
  }

  @Get('accounts')
  listAccounts(): AccountState[] {
    return this.accounts.all();
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
