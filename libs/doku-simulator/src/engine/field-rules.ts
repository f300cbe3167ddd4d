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
  /** `within`: only where the object that holds it is given. */
  readonly required?: boolean | 'within';
  /** Most characters of a text, most digits of a number. */
  readonly max?: number;
  /** Fewest items of a list. */
  readonly min?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words that complete "must be …". */
  readonly form?: string;
}

/** The first thing in a body that breaks its field table. */
export interface BrokenRule {
  readonly path: string;
  readonly isMissing: boolean;
  /** What it must be and what was given, in words that follow the path. */
  readonly complaint: string;
}

/** Checks a body against its field table. The message names field, limit and what was given. */
export function checkFields(body: JsonObject, rules: readonly FieldRule[]): void {
  const broken = findBrokenRule(body, rules);
  if (broken === undefined) return;
  const { path, complaint } = broken;
  throw new GatewayError('VALIDATION', 'INVALID_PARAMETER', `${path} ${complaint}.`, {
    field: path,
  });
}

export function findBrokenRule(
  body: JsonObject,
  rules: readonly FieldRule[],
): BrokenRule | undefined {
  for (const rule of rules) {
    for (const { path, value, isWithin } of occurrences(body, rule.field)) {
      const isRequired = rule.required === 'within' ? isWithin : rule.required === true;
      const demand = findBrokenDemand(rule, value, isRequired);
      if (demand !== undefined) {
        const complaint = `must be ${demand}; given: ${describe(value)}`;
        return { path, isMissing: isAbsent(value), complaint };
      }
    }
  }
  return undefined;
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

interface Occurrence {
  readonly path: string;
  readonly value: unknown;
  /** Whether the object that would hold it is there. */
  readonly isWithin: boolean;
}

function occurrences(body: JsonObject, field: string): Occurrence[] {
  const [listPath = field, itemPath] = field.split('[].');
  if (itemPath === undefined) {
    return [{ path: field, value: valueAt(body, field), isWithin: hasHolder(body, field) }];
  }
  const list = valueAt(body, listPath);
  if (!Array.isArray(list)) return [];
  return list.map((item, index) => ({
    path: `${listPath}[${index}].${itemPath}`,
    value: valueAt(item, itemPath),
    isWithin: hasHolder(item, itemPath),
  }));
}

function hasHolder(root: unknown, path: string): boolean {
  const end = path.lastIndexOf('.');
  return isJsonObject(end === -1 ? root : valueAt(root, path.slice(0, end)));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function findBrokenDemand(
  rule: FieldRule,
  value: unknown,
  isRequired: boolean,
): string | undefined {
  if (isAbsent(value)) return isRequired ? `given (${nameOf(rule)})` : undefined;

  switch (rule.kind) {
    case 'object':
      return isJsonObject(value) ? undefined : 'an object';
    case 'list':
      if (!Array.isArray(value)) return 'an array';
      return value.length < (rule.min ?? 0) ? `a list of at least ${rule.min ?? 0}` : undefined;
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
