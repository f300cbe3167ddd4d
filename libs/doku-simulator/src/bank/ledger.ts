/** One movement of money. Amounts are rupiah; those of SNAP may have two decimals. */
export interface LedgerEntry {
  /** Virtual time, ISO 8601. */
  readonly at: string;
  /** `top-up` takes from the merchant, for a customer's wallet. */
  readonly kind: 'debit' | 'refund' | 'top-up';
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
  /** Whom the money left, such as `CIMB:760012342800` or `merchant:MCH-1`. */
  readonly from: string;
  /** Whom it reached: what leaves one arrives at another. */
  readonly to: string;
}

/** A merchant's side of a movement. */
export function merchantParty(clientId: string): string {
  return `merchant:${clientId}`;
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
      if (entry.kind === 'refund') refunded += entry.amount;
      else paid += entry.amount;
    }
    return { paid, refunded };
  }

  /** What each party has gained or lost; all together always make 0. */
  netByParty(): ReadonlyMap<string, number> {
    const sen = new Map<string, number>();
    const add = (party: string, amount: number): void => {
      sen.set(party, (sen.get(party) ?? 0) + Math.round(amount * 100));
    };
    for (const { from, to, amount } of this.movements) {
      add(from, -amount);
      add(to, amount);
    }
    return new Map([...sen].map(([party, amount]) => [party, amount / 100]));
  }

  /** Invoices debited more than once, with those debits; empty when all is well. */
  debitedTwice(): { invoiceNumber: string; entries: LedgerEntry[] }[] {
    const debits = new Map<string, LedgerEntry[]>();
    for (const entry of this.movements) {
      if (entry.kind === 'refund') continue;
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
