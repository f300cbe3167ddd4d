/**
 * An amount of rupiah as DOKU spells it anywhere, number or numeric text, as a text with two decimals
 * (`'90000.00'`); `undefined` when it is no such amount. No floating-point arithmetic takes part
 * (reference non-snap 3.19 no. 8).
 */
export function normaliseAmount(given: unknown): string | undefined {
  if (typeof given === 'number' && Math.abs(given) > Number.MAX_SAFE_INTEGER) return undefined;
  if (typeof given !== 'number' && typeof given !== 'string') return undefined;
  const spelling = /^0*(\d{1,16})(?:\.(\d{1,2})0*)?$/.exec(String(given));
  if (!spelling) return undefined;
  const [, rupiah = '0', fraction = ''] = spelling;
  return `${rupiah}.${fraction.padEnd(2, '0')}`;
}

/** A whole number of rupiah given as integer or as text (`90000`, `'90000'`, `'90000.00'`), else `undefined`. */
export function wholeRupiah(given: unknown): number | undefined {
  const [rupiah, fraction] = normaliseAmount(given)?.split('.') ?? [];
  const amount = Number(rupiah);
  return fraction === '00' && Number.isSafeInteger(amount) ? amount : undefined;
}
