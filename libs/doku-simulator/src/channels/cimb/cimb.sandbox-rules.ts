/** The OTP that every payment asks for. */
export const SANDBOX_OTP = '999999';

/** Life of an OTP on the virtual clock (reference C-4). */
export const OTP_LIFE_MS = 5 * 60_000;

/** Wrong entries after which a payment fails (reference 3.19 no. 22, taken over from BRI). */
export const WRONG_OTPS_ALLOWED = 5;

/** The account number that an approval without one gets. */
export const DEFAULT_ACCOUNT_NO = '760012342800';

/** An account that ends so has no money: its payments fail when the OTP is validated. */
const POOR_ACCOUNT_ENDING = '0000';

/** An account that ends so pays at once, without an OTP. */
const TRUSTED_ACCOUNT_ENDING = '1111';

/** A payment of exactly this amount fails for insufficient funds, whatever the account. */
const POOR_AMOUNT = 51_051;

/** The rules in words, for the console. */
export const SANDBOX_RULES: readonly string[] = [
  `The OTP is ${SANDBOX_OTP}. It lives ${OTP_LIFE_MS / 60_000} minutes on the virtual clock.`,
  `The ${WRONG_OTPS_ALLOWED}th wrong OTP makes the payment FAILED.`,
  `Accounts ending in ${POOR_ACCOUNT_ENDING}: insufficient funds, FAILED when the OTP is validated.`,
  `Accounts ending in ${TRUSTED_ACCOUNT_ENDING}: no OTP, the payment answers SUCCESS at once.`,
  `Amount ${POOR_AMOUNT}: insufficient funds, whatever the account.`,
];

export function asksForOtp(accountNo: string): boolean {
  return !accountNo.endsWith(TRUSTED_ACCOUNT_ENDING);
}

export function hasFunds(accountNo: string, amount: number): boolean {
  return !accountNo.endsWith(POOR_ACCOUNT_ENDING) && amount !== POOR_AMOUNT;
}
