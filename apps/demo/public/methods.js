/**
 * The ways to pay, as the page calls them. `refunds`: whether DOKU gives money back that way. For those where
 * the customer confirms on a `page`: whose it is, the `proof` it asks for, and whether DOKU `tells` by itself.
 */
export const METHODS = [
  {
    id: 'cimb',
    name: 'CIMB card',
    how: 'A saved debit card. Your bank sends a code.',
    refunds: true,
  },
  {
    id: 'bri',
    name: 'BRI card',
    how: 'A saved debit card, with a code or without.',
    refunds: false,
  },
  {
    id: 'allo',
    name: 'Allo Bank',
    how: 'Your account. You confirm on Allo’s page.',
    page: 'Allo',
    proof: 'OTP and PIN',
    tells: true,
    refunds: true,
  },
  {
    id: 'kki',
    name: 'KKI card',
    how: 'Kartu Kredit Indonesia, with a code from your bank’s app.',
    refunds: true,
  },
  {
    id: 'wallet',
    name: 'DOKU Wallet',
    how: 'Your wallet. You confirm with your PIN on DOKU’s page.',
    page: 'DOKU',
    proof: 'your PIN',
    tells: false,
    refunds: true,
  },
];

export function methodOf(id) {
  return METHODS.find((method) => method.id === id);
}
