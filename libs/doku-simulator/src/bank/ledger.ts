/** One movement of money. Amounts are rupiah; those of SNAP may have two decimals. */
export interface LedgerEntry {
  /** Virtual time, ISO 8601. */
  readonly at: string;
  readonly kind: 'debit' | 'refund';
  /** Name of the operation that moved the money. */
  readonly operation: string;
  readonly clientId: string;
  /** Request-Id of the call that moved the money; on SNAP the X-EXTERNAL-ID. */
  readonly requestId: string;
  readonly invoiceNumber: string;
  readonly tokenId: string;
  /** The whole account number; this is a simulator. */
  readonly accountNo: string;
  readonly amount: number;
}

/** What an invoice has brought so far. */
export interface InvoiceBalance {
  readonly paid: number;
  readonly refunded: number;
}

/** All money that moved: the judge of whether a customer was charged twice. */
export class Ledger {
  private readonly movements: LedgerEntry[] = [];

  record(entry: LedgerEntry): void {
    this.movements.push(entry);
  }

  /** Oldest first. */
  entries(): readonly LedgerEntry[] {
    return this.movements;
  }

  /** Totals of an invoice, of one merchant or of all. */
  balanceOf(invoiceNumber: string, clientId?: string): InvoiceBalance {
    let paid = 0;
    let refunded = 0;
    for (const entry of this.movements) {
      if (entry.invoiceNumber !== invoiceNumber) continue;
      if (clientId !== undefined && entry.clientId !== clientId) continue;
      if (entry.kind === 'debit') paid += entry.amount;
      else refunded += entry.amount;
    }
    return { paid, refunded };
  }

  /** Invoices debited more than once, with those debits; empty when all is well. */
  debitedTwice(): { invoiceNumber: string; entries: LedgerEntry[] }[] {
    const debits = new Map<string, LedgerEntry[]>();
    for (const entry of this.movements) {
      if (entry.kind !== 'debit') continue;
      const key = JSON.stringify([entry.clientId, entry.invoiceNumber]);
      debits.set(key, [...(debits.get(key) ?? []), entry]);
    }
    return [...debits.values()].flatMap((entries) => {
      const [first] = entries;
      if (first === undefined || entries.length < 2) return [];
      return [{ invoiceNumber: first.invoiceNumber, entries }];
    });
  }
}
