import { GatewayError } from './gateway-error.js';
import { isJsonObject, valueAt, type JsonObject } from './json.js';
import { isWebAddress } from './web-address.js';

/** A line of a field table of the reference. */
export interface FieldRule {
  /** Dotted path in the body; `[]` after a name stands for each item of a list. */
  readonly field: string;
  /** `digits` and `amount` may be written as a number or as a string of digits. */
  readonly kind:
    'text' | 'digits' | 'integer' | 'amount' | 'object' | 'list' | 'text-or-object' | 'web-address';
  readonly required?: boolean;
  /** Most characters of a text, most digits of a number. */
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words that complete "must be …". */
  readonly form?: string;
}

/** Checks a body against its field table. The message names field, limit and what was given. */
export function checkFields(body: JsonObject, rules: readonly FieldRule[]): void {
  for (const rule of rules) {
    for (const { path, value } of occurrences(body, rule.field)) {
      const demand = findBrokenDemand(rule, value);
      if (demand !== undefined) {
        throw new GatewayError(
          'VALIDATION',
          'INVALID_PARAMETER',
          `${path} must be ${demand}; given: ${describe(value)}.`,
          { field: path },
        );
      }
    }
  }
}

/** A text, or `undefined` when it is missing; numbers are given as their digits. */
export function textAt(body: unknown, path: string): string | undefined {
  const value = valueAt(body, path);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** A text that the field table has made sure of. */
export function requiredTextAt(body: unknown, path: string): string {
  const value = textAt(body, path);
  if (value === undefined)
    throw new TypeError(`No rule demands "${path}", but it is read as if one did`);
  return value;
}

/** A whole number of rupiah that the field table has made sure of. */
export function amountAt(body: unknown, path: string): number {
  return Number(requiredTextAt(body, path));
}

function occurrences(body: JsonObject, field: string): { path: string; value: unknown }[] {
  const [listPath = field, itemPath] = field.split('[].');
  const value = valueAt(body, listPath);
  if (itemPath === undefined) return [{ path: listPath, value }];
  if (!Array.isArray(value)) return [];
  return value.map((item, index) => ({
    path: `${listPath}[${index}].${itemPath}`,
    value: valueAt(item, itemPath),
  }));
}

function findBrokenDemand(rule: FieldRule, value: unknown): string | undefined {
  const isAbsent = value === undefined || value === null || value === '';
  if (isAbsent) return rule.required ? `given (${nameOf(rule)})` : undefined;

  switch (rule.kind) {
    case 'object':
      return isJsonObject(value) ? undefined : 'an object';
    case 'list':
      return Array.isArray(value) ? undefined : 'an array';
    case 'text-or-object':
      if (isJsonObject(value)) return undefined;
      return findBrokenText(rule, value);
    case 'integer':
      return isWhole(value) ? findBrokenLength(rule, String(value)) : 'a whole number';
    case 'amount': {
      const digits = isWhole(value) ? String(value) : value;
      if (typeof digits !== 'string' || !/^[1-9][0-9]*$/.test(digits)) {
        return 'a whole number of rupiah above 0, without decimals';
      }
      return findBrokenLength(rule, digits);
    }
    case 'digits': {
      const digits = isWhole(value) ? String(value) : value;
      if (typeof digits !== 'string' || !/^[0-9]+$/.test(digits)) return 'digits only';
      return findBrokenLength(rule, digits);
    }
    case 'web-address':
      if (typeof value === 'string' && isWebAddress(value)) return undefined;
      return 'an absolute http or https URL';
    case 'text':
      return findBrokenText(rule, value);
  }
}

function findBrokenText(rule: FieldRule, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'a string';
  if (rule.pattern && !rule.pattern.test(value))
    return rule.form ?? `of the form ${rule.pattern.source}`;
  return findBrokenLength(rule, value);
}

function findBrokenLength(rule: FieldRule, text: string): string | undefined {
  const { length } = text;
  if (rule.max === undefined || length <= rule.max) return undefined;
  const unit = rule.kind === 'text' || rule.kind === 'text-or-object' ? 'characters' : 'digits';
  return `at most ${rule.max} ${unit} long, not ${length}`;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function nameOf(rule: FieldRule): string {
  const limit = rule.max === undefined ? '' : `, at most ${rule.max} characters`;
  return `it is mandatory${limit}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
