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

/**
 * An amount of rupiah given as a whole number or as a text with two decimals or none (`50000`, `'50000'`,
 * `'50000.00'`), as the text `'50000.00'`; else `undefined`. A fraction as a number is none: what is read
 * from it depends on how it came about (reference snap 8).
 */
export function rupiahText(given: unknown): string | undefined {
  const isPlain =
    typeof given === 'string' ? /^\d{1,16}(\.\d{2})?$/.test(given) : Number.isSafeInteger(given);
  return isPlain ? normaliseAmount(given) : undefined;
}

/** A whole number of rupiah given as integer or as text (`90000`, `'90000'`, `'90000.00'`), else `undefined`. */
export function wholeRupiah(given: unknown): number | undefined {
  const [rupiah, fraction] = normaliseAmount(given)?.split('.') ?? [];
  const amount = Number(rupiah);
  return fraction === '00' && Number.isSafeInteger(amount) ? amount : undefined;
}
