/** Stands for a character that not every engine can keep. */
const REPLACEMENT = '\ufffd';
const MAY_BE_UNSTORABLE = /\\u(?:0000|d[89a-f])/;
/** As `JSON.stringify` writes them, and not where the backslash is itself a character. */
const UNSTORABLE = /(?<=(?:^|[^\\])(?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * A value of JSON as every engine can keep it: the texts of PostgreSQL hold neither NUL nor half a surrogate pair,
 * and an event that could never be queued would be lost for one of them.
 */
export function storable<Value extends object>(value: Value): Value {
  const text = JSON.stringify(value);
  if (!MAY_BE_UNSTORABLE.test(text)) return value;
  return JSON.parse(text.replace(UNSTORABLE, REPLACEMENT)) as Value;
}

/** The same of one text. */
export function storableText(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replace(/\p{Surrogate}/gu, REPLACEMENT);
}
