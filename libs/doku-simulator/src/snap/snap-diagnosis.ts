import { constants, createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import {
  createBodyHash,
  createSnapMac,
  createSnapStringToSign,
  createTokenStringToSign,
  fitsRsa,
  minify,
  type SnapSignedParts,
} from './snap-signature.js';
import type { Merchant } from '../engine/merchants.js';

/** What is known of a transaction call whose signature does not fit. */
export interface MismatchedSnapCall {
  readonly parts: SnapSignedParts;
  readonly host: string;
  readonly given: string;
  readonly merchant: Merchant;
  readonly otherMerchants: readonly Merchant[];
  /** `Authorization-Customer` and the merchant's newest token, to notice a mix-up. */
  readonly customerToken?: string;
  readonly newestToken?: string;
  readonly knownPaths: readonly string[];
}

const NO_USUAL_MISTAKE =
  'No usual mistake fits: most likely the secret differs, or the string to sign; compare it in the console.';

/** Says what is wrong with a symmetric signature, by trying the mistakes that people make. */
export function explainSnapMismatch(call: MismatchedSnapCall): string {
  const { given, merchant, parts } = call;
  const right = createSnapStringToSign(parts);
  const expected = Buffer.from(createSnapMac(right, merchant.secretKey), 'base64');
  const spelling = explainEncoding(given, expected);
  if (spelling !== undefined) return spelling;
  for (const [suspect, finding] of suspicions(call)) {
    if (createSnapMac(suspect, merchant.secretKey) === given) return finding;
  }
  for (const other of call.otherMerchants) {
    if (createSnapMac(right, other.secretKey) === given) {
      return `It fits the secret of "${other.clientId}": credentials of two merchants are mixed.`;
    }
  }
  for (const [key, finding] of [
    [Buffer.from(merchant.secretKey, 'base64'), 'It fits the secret base64-decoded: use its text.'],
    [`${merchant.secretKey}\n`, 'It fits the secret with a line feed at its end: trim it.'],
  ] as const) {
    if (createHmac('sha512', key).update(right).digest('base64') === given) return finding;
  }
  if (createHmac('sha256', merchant.secretKey).update(right).digest('base64') === given) {
    return 'It is an HMAC-SHA256: SNAP uses HMAC-SHA512.';
  }
  const { length } = Buffer.from(given, 'base64');
  if (length >= 256) return 'It looks like an RSA signature: transaction calls take HMAC-SHA512.';
  if (length !== 64) return 'It is not the base64 of 64 bytes, so it cannot be an HMAC-SHA512.';
  return NO_USUAL_MISTAKE;
}

function* suspicions(call: MismatchedSnapCall): Generator<[string, string]> {
  const { parts } = call;
  const { method, target, token, body, timestamp } = parts;
  const hash = createBodyHash(body);
  const join = (each: Partial<SnapSignedParts>, bodyHash = hash): string => {
    const { method: verb, target: path, token: bearer, timestamp: at } = { ...parts, ...each };
    return `${verb}:${path}:${bearer}:${bodyHash}:${at}`;
  };
  const sha256 = (bytes: Buffer | string): string =>
    createHash('sha256').update(bytes).digest('hex');
  const text = body.toString('utf8');
  const minified = minify(body).toString('utf8');

  yield [join({}, sha256(body)), 'The body was hashed with its white space: minify it first.'];
  yield [join({}, sha256('')), 'It fits the hash of an empty body: hash the bytes that are sent.'];
  yield [
    join({}, hash.toUpperCase()),
    'The body hash is in upper case: it must be lower-case hex.',
  ];
  yield [
    join({}, createHash('sha256').update(minify(body)).digest('base64')),
    'The body hash is in base64: it must be lower-case hex.',
  ];
  yield [
    join({}, sha256(text.replaceAll(/\s/g, ''))),
    'White space inside strings was removed too: minify only between the parts.',
  ];
  yield [
    join({}, sha256(minified.replaceAll('/', '\\/'))),
    'Slashes were escaped for signing: hash the very bytes that are sent.',
  ];
  yield [
    join({}, sha256(reserialise(text))),
    'The body was serialised again for signing: hash the very bytes that are sent.',
  ];
  yield [join({ method: method.toLowerCase() }), 'The method must be in upper case.'];
  yield [join({ token: `Bearer ${token}` }), 'The token must stand without the word Bearer.'];
  yield [join({ token: '' }), 'The B2B token is missing in the string to sign.'];
  yield [
    `${method}:${target}:${hash}:${timestamp}`,
    'The B2B token is missing in the string to sign.',
  ];
  if (call.customerToken !== undefined) {
    yield [
      join({ token: call.customerToken }),
      "The customer's token was signed: it must be the B2B token.",
    ];
  }
  if (call.newestToken !== undefined) {
    yield [
      join({ token: call.newestToken }),
      'It fits your newest B2B token, but Authorization has another one.',
    ];
  }
  const others = [
    ...[`http://${call.host}`, `https://${call.host}`, 'https://api-sandbox.doku.com'].map(
      (origin) => origin + target,
    ),
    target.slice(1),
    ...call.knownPaths,
  ];
  for (const other of others) {
    yield [join({ target: other }), `It fits the path "${other}", but "${target}" was called.`];
  }
  yield [join({}).replaceAll(':', '|'), 'The parts must be joined by colons.'];
}

/** Says what is wrong with the signature of a token request. */
export function explainTokenMismatch(
  { clientId, timestamp, given }: { clientId: string; timestamp: string; given: string },
  merchant: Merchant & { readonly merchantPublicKey: string },
  otherMerchants: readonly Merchant[],
): string {
  const right = createTokenStringToSign(clientId, timestamp);
  const key = merchant.merchantPublicKey;
  const bytes = Buffer.from(given, 'base64');
  if (/^[0-9a-f]{512,}$/i.test(given) && fitsRsa(right, Buffer.from(given, 'hex'), key)) {
    return 'The signature is right, but it is written in hex: it must be base64.';
  }
  if (fitsRsa(right, bytes, key)) {
    return 'The signature is right, but it must be base64 with the standard alphabet and padding.';
  }
  for (const [suspect, finding] of [
    [`${timestamp}|${clientId}`, 'Timestamp and client id are swapped.'],
    [`${clientId}:${timestamp}`, 'The parts must be joined by "|", not by a colon.'],
    [`${clientId}${timestamp}`, 'The "|" between client id and timestamp is missing.'],
  ] as const) {
    if (fitsRsa(suspect, bytes, key)) return finding;
  }
  for (const hash of ['sha512', 'sha1']) {
    if (verify(hash, Buffer.from(right), key, bytes))
      return `It is made with ${hash}: use SHA-256.`;
  }
  const pss = { key: createPublicKey(key), padding: constants.RSA_PKCS1_PSS_PADDING };
  if (verify('sha256', Buffer.from(right), pss, bytes)) {
    return 'It is padded with PSS: use PKCS#1 v1.5.';
  }
  for (const other of otherMerchants) {
    if (other.merchantPublicKey && fitsRsa(right, bytes, other.merchantPublicKey)) {
      return `It fits the key of "${other.clientId}": keys of two merchants are mixed.`;
    }
  }
  if (bytes.length === 64 || bytes.length === 32) {
    return 'It looks like an HMAC: token requests are signed with the RSA private key.';
  }
  return 'Most likely the private key does not belong to the public key that was given to the simulator.';
}

/** Whether it is the right value in a wrong spelling. */
function explainEncoding(given: string, expected: Buffer): string | undefined {
  if (given.toLowerCase() === expected.toString('hex')) {
    return 'The MAC is right, but it is written in hex: it must be base64.';
  }
  if (Buffer.from(given, 'base64').equals(expected)) {
    return 'The MAC is right, but it must be base64 with the standard alphabet and padding.';
  }
  return undefined;
}

function reserialise(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
