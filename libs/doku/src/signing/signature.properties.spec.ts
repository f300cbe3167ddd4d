import { createSecretKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { DokuValidationError } from '../errors/doku-validation.error.js';
import { hashSnapBody } from './digest.js';
import { minifyJson } from './minify-json.js';
import {
  signNonSnapRequest,
  verifyNonSnapResponse,
  verifyNonSnapSignature,
} from './non-snap-signature.js';
import { signSnapTokenRequest, verifySnapTokenRequest } from './snap-token-signature.js';
import { signSnapTransaction, verifySnapTransaction } from './snap-transaction-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** JSON texts that a re-serialised body would not survive: spelled by hand, not by JSON.stringify. */
const scalar = fc.oneof(
  fc.constantFrom('1.10', '0.0', '1e2', '-0', 'null', 'true', '90000.00', '12345678901234567890'),
  fc.bigInt({ min: 10n ** 19n, max: 10n ** 20n - 1n }).map(String),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"a  b"', '"\\u00e9"', '"\\/"', '"é ✓"', '"\\"quoted\\" \\\\"', '" { \\" } "'),
);
const blanks = fc.constantFrom('', ' ', '\n  ', '\t', '\r\n');
const jsonText = fc.oneof(
  fc
    .tuple(blanks, fc.array(fc.tuple(fc.string(), blanks, scalar, blanks), { maxLength: 5 }))
    .map(
      ([start, members]) =>
        `{${start}${members
          .map(
            ([name, before, value, after]) =>
              `${JSON.stringify(name)}${before}:${before}${value}${after}`,
          )
          .join(`,${start}`)}}`,
    ),
  fc.json().map((text) => JSON.stringify(JSON.parse(text), null, 2)),
);

const headerValue = fc
  .string({ minLength: 1, maxLength: 40 })
  .filter((text) => !/[\r\n]/.test(text));
const secret = fc.string({ minLength: 1, maxLength: 40 });
const nonSnapParts = fc.record({
  clientId: headerValue,
  requestId: headerValue,
  timestamp: headerValue,
  target: headerValue.map((path) => `/${path}`),
  body: jsonText,
  secretKey: secret,
});
const snapParts = fc.record({
  method: fc.constantFrom('POST', 'GET', 'PUT'),
  path: headerValue.map((path) => `/${path}`),
  accessToken: headerValue.filter((token) => !token.includes(':')),
  body: jsonText,
  timestamp: headerValue,
  secretKey: secret,
});

/** Spellings outside the two that are accepted. */
function misspellings(base64: string): string[] {
  const bare = base64.replace(/=+$/, '');
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = ALPHABET.indexOf(bare.slice(-1));
  return [
    `${bare}====`,
    `${base64}=`,
    ...(base64.endsWith('==') ? [`${bare}=`] : []),
    ` ${base64}`,
    `${base64} `,
    `${base64}\n`,
    `${bare.slice(0, 8)}\n${bare.slice(8)}`,
    bare.slice(0, -1),
    `${bare}A`,
    // The last character holds bits that belong to no byte: with them set, it decodes to the same bytes.
    `${bare.slice(0, -1)}${ALPHABET.charAt(last ^ 1)}`,
    ...(/[+/]/.test(base64) ? [base64.replaceAll('+', '-').replaceAll('/', '_')] : []),
    Buffer.from(base64, 'base64').toString('hex'),
    base64.toLowerCase() === base64 ? '' : base64.toLowerCase(),
    `hmacsha256=${base64}`,
    `HMACSHA512=${base64}`,
    `HMACSHA256= ${base64}`,
    `HMACSHA256=HMACSHA256=${base64}`,
    `${base64},${base64}`,
    '',
  ];
}

/** A text that differs from `text` in one character. */
const altered = (text: string, at: number, by: number) => {
  const index = at % Math.max(1, text.length);
  const code = text.charCodeAt(index);
  const other = String.fromCharCode(32 + (((Number.isNaN(code) ? 0 : code) + by) % 90));
  return `${text.slice(0, index)}${other}${text.slice(index + 1)}`;
};

describe('a genuine non-SNAP signature', () => {
  it('verifies over any JSON text, as text and as bytes, in its four spellings', () => {
    fc.assert(
      fc.property(nonSnapParts, (parts) => {
        const signature = signNonSnapRequest(parts);
        const base64 = signature.replace('HMACSHA256=', '');
        for (const spelling of [
          signature,
          base64,
          base64.replace(/=+$/, ''),
          signature.replace(/=+$/, ''),
        ]) {
          expect(verifyNonSnapSignature({ ...parts, signature: spelling })).toBe(true);
        }
        const secretKey = createSecretKey(Buffer.from(parts.secretKey));
        const body = Buffer.from(parts.body);
        expect(verifyNonSnapSignature({ ...parts, body, secretKey, signature })).toBe(true);
      }),
    );
  });

  it('does not verify in any other spelling', () => {
    fc.assert(
      fc.property(nonSnapParts, (parts) => {
        const base64 = signNonSnapRequest(parts).replace('HMACSHA256=', '');
        for (const spelling of misspellings(base64)) {
          expect(verifyNonSnapSignature({ ...parts, signature: spelling })).toBe(false);
          const prefixed = `HMACSHA256=${spelling}`;
          expect(verifyNonSnapSignature({ ...parts, signature: prefixed })).toBe(false);
        }
      }),
    );
  });

  it('does not verify once any signed part has changed', () => {
    fc.assert(
      fc.property(
        nonSnapParts,
        fc.constantFrom(
          ...(['clientId', 'requestId', 'timestamp', 'target', 'body', 'secretKey'] as const),
        ),
        fc.nat(),
        fc.integer({ min: 1, max: 80 }),
        (parts, part, at, by) => {
          const changed = altered(parts[part], at, by);
          fc.pre(changed !== parts[part]);
          const signature = signNonSnapRequest(parts);
          expect(verifyNonSnapSignature({ ...parts, [part]: changed, signature })).toBe(false);
        },
      ),
    );
  });

  it('does not verify without its body, with white space added, or as an answer', () => {
    fc.assert(
      fc.property(nonSnapParts, ({ body, ...parts }) => {
        const signature = signNonSnapRequest({ ...parts, body });
        expect(verifyNonSnapSignature({ ...parts, signature })).toBe(false);
        expect(verifyNonSnapSignature({ ...parts, body: `${body} `, signature })).toBe(false);
        expect(verifyNonSnapResponse({ ...parts, body, signature })).toBe(false);
      }),
    );
  });
});

describe('a genuine SNAP signature', () => {
  it('verifies over any JSON text, pretty-printed or not, padded or not', () => {
    fc.assert(
      fc.property(snapParts, (parts) => {
        const signature = signSnapTransaction(parts);
        const body = minifyJson(parts.body);
        expect(verifySnapTransaction({ ...parts, signature })).toBe(true);
        expect(verifySnapTransaction({ ...parts, body, signature })).toBe(true);
        const bytes = Buffer.from(parts.body);
        const unpadded = signature.replace(/=+$/, '');
        expect(verifySnapTransaction({ ...parts, body: bytes, signature: unpadded })).toBe(true);
      }),
    );
  });

  it('does not verify in any other spelling, with a prefix, or once a part has changed', () => {
    fc.assert(
      fc.property(
        snapParts,
        fc.constantFrom(
          ...(['method', 'path', 'accessToken', 'body', 'timestamp', 'secretKey'] as const),
        ),
        fc.nat(),
        fc.integer({ min: 1, max: 80 }),
        (parts, part, at, by) => {
          const signature = signSnapTransaction(parts);
          for (const spelling of [...misspellings(signature), `HMACSHA256=${signature}`]) {
            expect(verifySnapTransaction({ ...parts, signature: spelling })).toBe(false);
          }
          const changed = altered(parts[part], at, by);
          fc.pre(
            part === 'body'
              ? minifyJson(changed) !== minifyJson(parts.body)
              : changed !== parts[part],
          );
          expect(verifySnapTransaction({ ...parts, [part]: changed, signature })).toBe(false);
        },
      ),
    );
  });

  it('keeps the border between its parts', () => {
    const parts = { method: 'POST', body: '{}', timestamp: 't', secretKey: 'secret' };
    const signature = signSnapTransaction({ ...parts, path: '/a:b', accessToken: 'c' });

    expect(verifySnapTransaction({ ...parts, path: '/a', accessToken: 'b:c', signature })).toBe(
      false,
    );
    expect(() => signSnapTransaction({ ...parts, path: '/a', accessToken: 'b:c' })).toThrow(
      DokuValidationError,
    );
  });
});

describe('a genuine token request', () => {
  it('verifies with the other half of the key, padded or not, and in no other spelling', () => {
    fc.assert(
      fc.property(headerValue, headerValue, (clientId, timestamp) => {
        const signature = signSnapTokenRequest({ clientId, timestamp, privateKey });
        const parts = { clientId, timestamp, publicKey };
        expect(verifySnapTokenRequest({ ...parts, signature })).toBe(true);
        const unpadded = signature.replace(/=+$/, '');
        expect(verifySnapTokenRequest({ ...parts, signature: unpadded })).toBe(true);
        for (const spelling of misspellings(signature)) {
          expect(verifySnapTokenRequest({ ...parts, signature: spelling })).toBe(false);
        }
        const changed = `${timestamp}0`;
        expect(verifySnapTokenRequest({ ...parts, timestamp: changed, signature })).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

describe('verifiers', () => {
  const anything = fc.oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withTypedArray: true,
      withNullPrototype: true,
    }),
    fc.constantFrom<unknown>(
      undefined,
      null,
      Symbol('x'),
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
      () => 'x',
      publicKey,
      '\ud800',
      'a\nb',
    ),
  );
  const verifiers: ((input: never) => boolean)[] = [
    verifyNonSnapSignature,
    verifyNonSnapResponse,
    verifySnapTransaction,
    verifySnapTokenRequest,
  ];

  it('answer false, and never throw, whatever they are given', () => {
    fc.assert(
      fc.property(
        anything,
        fc.dictionary(
          fc.constantFrom(
            'clientId',
            'requestId',
            'timestamp',
            'target',
            'body',
            'secretKey',
            'signature',
            'method',
            'path',
            'accessToken',
            'publicKey',
          ),
          anything,
        ),
        (whole, parts) => {
          for (const verify of verifiers) {
            expect(verify(whole as never)).toBe(false);
            expect(verify(parts as never)).toBe(false);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([undefined, null, 42, '', 'text', [], {}])('answer false to %j', (whole) => {
    for (const verify of verifiers) expect(verify(whole as never)).toBe(false);
  });

  it('answer false for one wrong part among genuine ones', () => {
    const parts = {
      clientId: 'a',
      requestId: 'b',
      timestamp: 'c',
      target: '/d',
      body: '{}',
      secretKey: 'e',
    };
    const signature = signNonSnapRequest(parts);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(parts), 'signature'), anything, (part, value) => {
        fc.pre(value !== { ...parts, signature }[part]);
        const input = { ...parts, signature, [part]: value };
        expect(verifyNonSnapSignature(input as never)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('signing', () => {
  const nonSnap = {
    clientId: 'a',
    requestId: 'b',
    timestamp: 'c',
    target: '/d',
    body: '{}',
    secretKey: 'e',
  };
  const snap = {
    method: 'POST',
    path: '/a',
    accessToken: 'b',
    body: '{}',
    timestamp: 'c',
    secretKey: 'd',
  };

  it.each(['clientId', 'requestId', 'timestamp', 'target'])(
    'refuses a line break in %s',
    (part) => {
      for (const lineBreak of ['\n', '\r', '\r\n']) {
        const input = { ...nonSnap, [part]: `x${lineBreak}Digest:y` };
        expect(() => signNonSnapRequest(input)).toThrow(/must not contain a line break/);
      }
    },
  );

  it.each(['path', 'accessToken', 'timestamp', 'method'])(
    'refuses a line break in SNAP %s',
    (part) => {
      expect(() => signSnapTransaction({ ...snap, [part]: 'x\ny' })).toThrow(DokuValidationError);
    },
  );

  it('refuses a line break in a token request', () => {
    expect(() => signSnapTokenRequest({ clientId: 'a\n', timestamp: 'b', privateKey })).toThrow(
      /must not contain a line break/,
    );
  });

  it('refuses an object as body, and an empty secret', () => {
    expect(() => signNonSnapRequest({ ...nonSnap, body: {} as never })).toThrow(
      /serialise it once/,
    );
    expect(() => signNonSnapRequest({ ...nonSnap, secretKey: '' })).toThrow(/secretKey/);
  });
});

describe('minifyJson', () => {
  it('gives what JSON.stringify gives for a text that JSON.stringify made', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 2, '\t'), (value, indent) => {
        expect(minifyJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('changes neither numbers nor escapes nor strings, and is its own fixed point', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const minified = minifyJson(text);
        expect(JSON.parse(minified)).toEqual(JSON.parse(text));
        expect(minifyJson(minified)).toBe(minified);
        expect(hashSnapBody(Buffer.from(text))).toBe(hashSnapBody(minified));
      }),
    );
    expect(minifyJson('{ "a" : 1.10 , "b" : "\\u00e9 \\" x" }')).toBe(
      '{"a":1.10,"b":"\\u00e9 \\" x"}',
    );
  });

  it('is linear: a hostile text of 2 MB takes no more than 40 times one of 100 KB', () => {
    const time = (size: number) => {
      const text = `" ${'\\"'.repeat(size)}`;
      const started = performance.now();
      minifyJson(text);
      return performance.now() - started;
    };
    time(50_000);
    const small = Math.min(...Array.from({ length: 5 }, () => time(50_000)));
    expect(Math.min(time(1_000_000), time(1_000_000))).toBeLessThan(Math.max(small, 0.5) * 40);
  });
});
