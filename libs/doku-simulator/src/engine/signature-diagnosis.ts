import { createHash, createHmac } from 'node:crypto';
import {
  createDigest,
  createSignature,
  createStringToSign,
  SIGNATURE_PREFIX,
  type SignedParts,
} from './signature.js';

/** What is known of a call whose signature does not fit. */
export interface MismatchedCall {
  readonly parts: SignedParts;
  /** The body as received, also for GET. */
  readonly body: Buffer;
  /** Path and query as received. */
  readonly url: string;
  /** The `Host` header. */
  readonly host: string;
  readonly given: string;
  readonly secretKey: string;
  /** Paths of all operations, to notice a signature made for another one. */
  readonly knownPaths: readonly string[];
  /** The other merchants of this simulator, to notice swapped credentials. */
  readonly otherMerchants: readonly { readonly clientId: string; readonly secretKey: string }[];
}

interface Suspicion {
  readonly stringToSign: string;
  readonly finding: string;
}

/**
 * Says what is wrong with a signature, by trying the mistakes that people make. Never prints a
 * secret.
 */
export function explainMismatch(call: MismatchedCall): string {
  const { given, secretKey } = call;
  const stringToSign = createStringToSign(call.parts);
  const expected = createSignature(stringToSign, secretKey);

  const spelling = explainSpelling(given, expected);
  if (spelling !== undefined) return spelling;

  const value = withoutPrefix(given);
  for (const { stringToSign: suspect, finding } of suspicions(call)) {
    if (withoutPrefix(createSignature(suspect, secretKey)) === value) return finding;
  }
  for (const other of call.otherMerchants) {
    if (withoutPrefix(createSignature(stringToSign, other.secretKey)) === value) {
      return `It fits the secret key of Client-Id "${other.clientId}": credentials of two merchants are mixed.`;
    }
  }
  return explainKey(value, stringToSign, secretKey);
}

function explainSpelling(given: string, expected: string): string | undefined {
  const expectedValue = withoutPrefix(expected);
  if (given === expectedValue) {
    return `The value is right, but the prefix is missing: it must begin with "${SIGNATURE_PREFIX}".`;
  }
  const afterFirstEquals = given.slice(given.indexOf('=') + 1);
  if (!given.startsWith(SIGNATURE_PREFIX) && afterFirstEquals === expectedValue) {
    return `The value is right, but the prefix must be exactly "${SIGNATURE_PREFIX}".`;
  }
  const value = withoutPrefix(given);
  const standard = value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (standard === expectedValue.replace(/=+$/, '')) {
    return 'The MAC is right, but it must be written in base64 with the standard alphabet and padding.';
  }
  if (value.toLowerCase() === Buffer.from(expectedValue, 'base64').toString('hex')) {
    return 'The MAC is right, but it is written in hex: it must be base64.';
  }
  return undefined;
}

function* suspicions(call: MismatchedCall): Generator<Suspicion> {
  const { parts, body } = call;
  const right = createStringToSign(parts);
  const isGet = parts.body === undefined;

  for (const [name, text] of reserialised(body)) {
    const finding = `It fits a Digest of the body as ${name}: sign the very bytes that are sent, and serialise only once.`;
    yield { stringToSign: createStringToSign({ ...parts, body: Buffer.from(text) }), finding };
  }
  if (isGet) {
    yield {
      stringToSign: createStringToSign({ ...parts, body: Buffer.alloc(0) }),
      finding:
        'It fits a Digest of an empty body: for GET the Digest line must be left out entirely.',
    };
    yield {
      stringToSign: `${right}\nDigest:`,
      finding: 'It fits an empty Digest line: for GET the Digest line must be left out entirely.',
    };
  } else {
    const digest = createDigest(body);
    const lines = right.slice(0, right.lastIndexOf('\n'));
    yield {
      stringToSign: lines,
      finding: 'The Digest line is missing: POST needs it as the last line.',
    };
    yield {
      stringToSign: `${lines}\nDigest:SHA-256=${digest}`,
      finding: 'The Digest line must hold the bare base64 value, without "SHA-256=".',
    };
    yield {
      stringToSign: `${lines}\nDigest:${createHash('sha256').update(body).digest('hex')}`,
      finding: 'The Digest is written in hex: it must be base64.',
    };
  }

  for (const target of otherTargets(call)) {
    yield {
      stringToSign: createStringToSign({ ...parts, target }),
      finding: `It fits the Request-Target "${target}", but the path called is "${parts.target}".`,
    };
  }
  yield {
    stringToSign: `${right}\n`,
    finding: 'The string to sign must not end with a line feed.',
  };
  yield {
    stringToSign: right.replaceAll('\n', '\r\n'),
    finding: 'The lines must be joined by a line feed alone, not by CR LF.',
  };
  yield {
    stringToSign: right.replaceAll('\n', '\\n'),
    finding:
      'The lines are joined by the two characters "\\n": they must be joined by a line feed.',
  };
  yield {
    stringToSign: right.replaceAll(/^([A-Za-z-]+):/gm, '$1: '),
    finding: 'There must be no space after the colons of the string to sign.',
  };
  yield {
    stringToSign: right.replaceAll(/^[A-Za-z-]+:/gm, (name) => name.toLowerCase()),
    finding: 'The names in the string to sign must be capitalised as in "Client-Id".',
  };
  yield {
    stringToSign: createStringToSign({ ...parts, timestampName: 'Response-Timestamp' }),
    finding: 'The third line of a request is "Request-Timestamp", not "Response-Timestamp".',
  };
}

function reserialised(body: Buffer): [string, string][] {
  const text = body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  const forms: [string, string][] = [
    ['serialised again without white space', JSON.stringify(parsed)],
    ['serialised again with an indent of 2', JSON.stringify(parsed, null, 2)],
    ['sent plus a line feed', `${text}\n`],
  ];
  return forms.filter(([, form]) => form !== text);
}

function* otherTargets(call: MismatchedCall): Generator<string> {
  const path = call.parts.target;
  const candidates = [
    call.url,
    `http://${call.host}${path}`,
    `https://${call.host}${path}`,
    `https://api-sandbox.doku.com${path}`,
    `https://api.doku.com${path}`,
    `${call.host}${path}`,
    path.slice(1),
    `${path}/`,
    decodedPath(path),
    ...call.knownPaths,
  ];
  for (const candidate of candidates) if (candidate !== path) yield candidate;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function explainKey(value: string, stringToSign: string, secretKey: string): string {
  const keys: [string, string | Buffer][] = [
    ['the secret key base64-decoded: use it as text', Buffer.from(secretKey, 'base64')],
    ['the secret key with a line feed at its end: trim it where it is read', `${secretKey}\n`],
    ['the secret key with a space at its end: trim it where it is read', `${secretKey} `],
  ];
  for (const [finding, key] of keys) {
    // An empty key is what decoding a short text can leave; it proves nothing.
    if (key.length === 0) continue;
    if (createHmac('sha256', key).update(stringToSign).digest('base64') === value) {
      return `It fits ${finding}.`;
    }
  }
  if (createHmac('sha512', secretKey).update(stringToSign).digest('base64') === value) {
    return 'It is an HMAC-SHA512: this family uses HMAC-SHA256.';
  }
  if (Buffer.from(value, 'base64').length !== 32) {
    return 'It is not the base64 of 32 bytes, so it cannot be an HMAC-SHA256.';
  }
  return 'No usual mistake fits: most likely the secret key is not the one of this Client-Id, or the string to sign differs; compare it with details.stringToSign.';
}

function withoutPrefix(signature: string): string {
  return signature.startsWith(SIGNATURE_PREFIX)
    ? signature.slice(SIGNATURE_PREFIX.length)
    : signature;
}
