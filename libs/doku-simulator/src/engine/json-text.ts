/** Where a value stands in a JSON text. */
export interface JsonMember {
  /** Names on the way to it; items of lists go by their number. */
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
}

const SCALAR_END = /[\s,\]}]|$/g;

/**
 * All members of a JSON text with their places, to read digits that a JavaScript number cannot hold
 * and to mask what is secret. The text must be valid JSON.
 */
export function locateMembers(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = 0;

  const skipSpace = (): void => {
    while (/\s/.test(text.charAt(at))) at++;
  };
  const skipString = (): string => {
    const start = at++;
    while (text.charAt(at) !== '"' && at < text.length) at += text.charAt(at) === '\\' ? 2 : 1;
    return String(JSON.parse(text.slice(start, ++at)));
  };
  const skipScalar = (): void => {
    SCALAR_END.lastIndex = at;
    at = SCALAR_END.exec(text)?.index ?? text.length;
  };
  const readMember = (path: readonly string[]): void => {
    skipSpace();
    const start = at;
    readValue(path);
    members.push({ path, start, end: at });
    skipSpace();
  };
  const readContainer = (path: readonly string[], closing: string): void => {
    at++;
    skipSpace();
    for (let index = 0; text.charAt(at) !== closing && at < text.length; index++) {
      let name = String(index);
      if (closing === '}') {
        skipSpace();
        name = skipString();
        skipSpace();
        at++;
      }
      readMember([...path, name]);
      if (text.charAt(at) === ',') at++;
      skipSpace();
    }
    at++;
  };
  const readValue = (path: readonly string[]): void => {
    switch (text.charAt(at)) {
      case '{':
        readContainer(path, '}');
        break;
      case '[':
        readContainer(path, ']');
        break;
      case '"':
        skipString();
        break;
      default:
        skipScalar();
    }
  };

  skipSpace();
  readValue([]);
  return members;
}

/** The text of a top-level member as it stands in the body; the last one counts, as in JSON.parse. */
export function rawMember(text: string, name: string): string | undefined {
  const member = locateMembers(text).findLast(({ path }) => path.length === 1 && path[0] === name);
  return member && text.slice(member.start, member.end);
}
