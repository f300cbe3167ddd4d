import type { FieldRule } from '../engine/field-rules.js';
import { requiredTextAt } from '../engine/field-rules.js';
import type { JsonObject } from '../engine/json.js';

const VALUE = /^(?!0+\.)[0-9]{1,16}\.[0-9]{2}$/;
const VALUE_OR_ZERO = /^[0-9]{1,16}\.[0-9]{2}$/;

/** An amount as SNAP writes it (snap reference 8). */
export interface SnapAmount {
  readonly value: string;
  readonly currency: string;
}

/** The rules of an amount object; when it is optional, its members count only where it is given. */
export function amountRules(
  field: string,
  { required, mayBeZero = false }: { readonly required: boolean; readonly mayBeZero?: boolean },
): FieldRule[] {
  return [
    { field, kind: 'object', required },
    {
      field: `${field}.value`,
      kind: 'text',
      required: 'within',
      pattern: mayBeZero ? VALUE_OR_ZERO : VALUE,
      form: `a string of 1 to 16 digits, a point and 2 digits${mayBeZero ? '' : ', at least "1.00"'}`,
    },
    {
      field: `${field}.currency`,
      kind: 'text',
      required: 'within',
      pattern: /^IDR$/,
      form: '"IDR"',
    },
  ];
}

/** An amount in sen, hundredths of a rupiah: sixteen digits are more than a number holds. */
export function senAt(body: JsonObject, field: string): bigint {
  return toSen(requiredTextAt(body, `${field}.value`));
}

export function toSen(value: string): bigint {
  return BigInt(value.replace('.', ''));
}

export function toAmount(sen: bigint): SnapAmount {
  const digits = sen.toString().padStart(3, '0');
  return { value: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: 'IDR' };
}

/** In rupiah, as the ledger counts. */
export function toRupiah(sen: bigint): number {
  return Number(sen) / 100;
}
