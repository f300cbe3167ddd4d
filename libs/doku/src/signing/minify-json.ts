const WHITE_SPACE = [0x20, 0x0a, 0x0d, 0x09];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Drops the white space outside strings from a JSON text, and nothing else: escapes, the spelling of
 * numbers, the order of members and blanks inside strings stay (reference snap 3.2).
 *
 * A scanner rather than a pattern, because it also runs over unauthenticated input: linear in its length.
 */
export function minifyJson(text: string): string {
  if (!/[\t\n\r ]/.test(text)) return text;
  let minified = '';
  let kept = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === BACKSLASH) at++;
      else if (character === QUOTE) inString = false;
    } else if (character === QUOTE) {
      inString = true;
    } else if (isWhiteSpace(character)) {
      minified += text.slice(kept, at);
      kept = at + 1;
    }
  }
  return minified + text.slice(kept);
}

/** {@link minifyJson} for bytes. Everything it looks at is ASCII, so the bytes need no decoding. */
export function minifyJsonBytes(body: Uint8Array): Uint8Array {
  // Four searches for a byte cost far less than a text made of all of them.
  if (!WHITE_SPACE.some((code) => body.includes(code))) return body;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const minified = minifyJson(text);
  return minified === text ? body : Buffer.from(minified, 'latin1');
}

function isWhiteSpace(character: number): boolean {
  return WHITE_SPACE.includes(character);
}
