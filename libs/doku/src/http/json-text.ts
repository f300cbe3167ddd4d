import { randomUUID } from 'node:crypto';

import { type MemberPath, readMember, replaceMembers } from './members.js';

/**
 * `JSON.stringify`, but for texts of digits that DOKU may want as bare numbers. Their digits go from text to
 * text: 19 of them do not fit a JavaScript number (reference snap C34).
 *
 * @returns `undefined` for what has no JSON text
 */
export function jsonText(
  content: unknown,
  bareNumbers: readonly MemberPath[] = [],
): string | undefined {
  const digits = bareNumbers.filter((path) => typeof readMember(content, path) === 'string');
  if (digits.length === 0) return JSON.stringify(content);
  const copy = structuredClone(content);
  const written = new Map<string, string>();
  for (const path of digits) {
    replaceMembers(copy, path, (value) => {
      // Random, so that no other text of the body can be taken for it.
      const mark = randomUUID();
      written.set(JSON.stringify(mark), String(value));
      return mark;
    });
  }
  let text = JSON.stringify(copy);
  for (const [mark, number] of written) text = text.replace(mark, number);
  return text;
}
