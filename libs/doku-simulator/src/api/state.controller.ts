import { Controller, Get } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { AlloAccounts, type AlloAccountState } from '../channels/allo/allo-accounts.js';
import { AlloChannel } from '../channels/allo/allo.channel.js';
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
    private readonly accounts: AlloAccounts,
    private readonly allo: AlloChannel,
    private readonly ledger: Ledger,
  ) {}

  /** Those of SNAP have `scheme: "snap"`. */
  @Get('payments')
  listPayments(): readonly (Payment | SnapPayment)[] {
    return [...this.payments.all(), ...this.snapPayments.all()];
  }

  @Get('accounts')
  listAccounts(): AlloAccountState[] {
    return this.accounts.all(this.allo.code);
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
