/** Whole rupiah of an amount as DOKU writes it, `90000.00`; `undefined` for none, or a fraction. */
export function wholeRupiah(value: string | undefined): number | undefined {
  const amount = Number(value);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
