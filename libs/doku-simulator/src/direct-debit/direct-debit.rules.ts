/** The OTP that every payment and registration asks for. */
export const SANDBOX_OTP = '999999';

/** Life of an OTP on the virtual clock (reference C-4; for BRI not documented). */
export const OTP_LIFE_MS = 5 * 60_000;

/** An account that ends so has no money: its payments fail. */
export const POOR_ACCOUNT_ENDING = '0000';

/** A payment of exactly this amount fails for insufficient funds, whatever the account. */
export const POOR_AMOUNT = 51_051;

export function hasFunds(accountNo: string, amount: number): boolean {
  return !accountNo.endsWith(POOR_ACCOUNT_ENDING) && amount !== POOR_AMOUNT;
}
