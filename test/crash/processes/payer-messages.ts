/** What the payer is told to buy, a payment for each reference. */
export interface Purchase {
  readonly card: { readonly customerId: string; readonly tokenId: string };
  readonly references: readonly string[];
}

/** What the calls answered, which is no word on the money. */
export interface PurchaseResult {
  readonly failures: readonly string[];
}
