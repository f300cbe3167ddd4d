/** Something to buy. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  /** Whole rupiah. */
  readonly price: number;
}

/** What the shop sells. */
export const CATALOG: readonly Product[] = [
  { id: 'kopi-gayo', name: 'Kopi Gayo', origin: 'Takengon, Aceh', price: 90_000 },
  { id: 'batik-scarf', name: 'Batik tulis scarf', origin: 'Pekalongan, Java', price: 275_000 },
  { id: 'rattan-basket', name: 'Rattan basket', origin: 'Praya, Lombok', price: 185_000 },
  { id: 'sambal-roa', name: 'Sambal roa', origin: 'Manado, Sulawesi', price: 45_000 },
];

/** @returns `undefined` for an id that the shop never had */
export function findProduct(id: string): Product | undefined {
  return CATALOG.find((product) => product.id === id);
}
