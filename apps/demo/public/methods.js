/** The ways to pay, as the page calls them. `refunds`: whether DOKU gives money back that way. */
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
    refunds: true,
  },
  {
    id: 'kki',
    name: 'KKI card',
    how: 'Kartu Kredit Indonesia, with a code from your bank’s app.',
    refunds: true,
  },
];

export function methodOf(id) {
  return METHODS.find((method) => method.id === id);
}
