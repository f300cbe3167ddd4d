import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { DokuModuleOptions } from '../options/doku-module-options.js';
import { MerchantRegistry } from '../options/merchant-registry.js';
import { resolveDokuOptions } from '../options/resolve-doku-options.js';
import { InboundTokens } from './inbound-tokens.js';

const SIGNED_AT = new Date('2026-01-27T10:00:00+07:00');
const EXPIRES_AT = SIGNED_AT.getTime() + (600 + 900) * 1000;

/** One instance of an app. */
function instance(options: Partial<DokuModuleOptions> = {}) {
  const resolved = resolveDokuOptions({ clientId: 'MCH-1', secretKey: 'SK-one-1', ...options });
  const registry = new MerchantRegistry(resolved);
  const tokens = new InboundTokens(resolved, registry);
  const of = (name: string) => registry.named(name);
  return {
    issue: (name = 'default', at = SIGNED_AT) => tokens.issue(of(name), at),
    expiryOf: (token: string, name = 'default') => tokens.expiryOf(token, of(name)),
    merchantOf: (token: string) => tokens.merchantOf(token)?.name,
  };
}

const merchants = { second: { clientId: 'MCH-2001', secretKey: 'SK-two-2' } };

describe('a token that was issued here', () => {
  it('expires the window and 900 s after the timestamp that DOKU signed', () => {
    const { issue, expiryOf } = instance();
    expect(expiryOf(issue())).toBe(EXPIRES_AT);
  });

  it('is the same for the same request, on any instance, and is known to any', () => {
    const token = instance().issue();
    expect(instance().issue()).toBe(token);
    expect(instance().expiryOf(token)).toBe(EXPIRES_AT);
  });

  it('differs by merchant and by timestamp', () => {
    const { issue } = instance({ merchants });
    const later = new Date(SIGNED_AT.getTime() + 1000);
    expect(new Set([issue(), issue('second'), issue('default', later)]).size).toBe(3);
  });

  it('is opaque: base64url without padding, no JWT, and fit for a string to sign', () => {
    expect(instance().issue()).toMatch(/^[A-Za-z0-9_-]{40,200}$/);
  });

  it('names its merchant', () => {
    const { issue, merchantOf } = instance({ merchants });
    expect([merchantOf(issue()), merchantOf(issue('second'))]).toEqual(['default', 'second']);
    expect([merchantOf(''), merchantOf('x'), merchantOf('A'.repeat(1_000_000))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is refused for another merchant, also once it is known', () => {
    const { issue, expiryOf } = instance({ merchants });
    const token = issue();
    expect(expiryOf(token, 'second')).toBeUndefined();
    expect(expiryOf(token)).toBe(EXPIRES_AT);
    expect(expiryOf(token, 'second')).toBeUndefined();
  });

  it('survives the rotation of its secret, and ends with it', () => {
    const token = instance().issue();
    const rotating = instance({ secretKey: 'SK-new-2', previousSecretKeys: ['SK-one-1'] });
    const rotated = instance({ secretKey: 'SK-new-2' });

    expect(rotating.expiryOf(token)).toBe(EXPIRES_AT);
    expect(rotating.merchantOf(token)).toBe('default');
    expect(rotated.expiryOf(token)).toBeUndefined();
    expect(rotated.merchantOf(token)).toBeUndefined();
    expect(rotating.issue()).toBe(rotated.issue());
  });

  it('is made with the inbound credentials where they differ', () => {
    const plain = instance();
    const inbound = instance({ inbound: { clientId: 'MCH-IN', secretKey: 'SK-in-1' } });
    expect(inbound.issue()).not.toBe(plain.issue());
    expect(inbound.expiryOf(plain.issue())).toBeUndefined();
    expect(inbound.expiryOf(inbound.issue())).toBe(EXPIRES_AT);
  });

  it('is not what the secret itself, without derivation, would make', () => {
    const [one, other] = [instance(), instance({ secretKey: 'SK-one-2' })];
    expect(other.expiryOf(one.issue())).toBeUndefined();
  });

  it('stays genuine when many others have been seen since', () => {
    const { issue, expiryOf } = instance();
    for (let second = 0; second < 2_500; second++) {
      const at = new Date(SIGNED_AT.getTime() + second * 1000);
      expect(expiryOf(issue('default', at))).toBe(EXPIRES_AT + second * 1000);
    }
    expect(expiryOf(issue())).toBe(EXPIRES_AT);
  });
});

describe('anything else', () => {
  const { issue, expiryOf, merchantOf } = instance({ merchants });
  const genuine = issue();
  const isRefused = (token: string) =>
    expiryOf(token) === undefined && merchantOf(token) === undefined;

  it('with one character changed is refused', () => {
    const character = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.nat(genuine.length - 1), character, (at, other) => {
        fc.pre(other !== genuine[at]);
        expect(isRefused(genuine.slice(0, at) + other + genuine.slice(at + 1))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('with one bit changed is refused', () => {
    const bytes = Buffer.from(genuine, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isRefused(changed.toString('base64url'))).toBe(true);
    }
  });

  it('cut or extended anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat(genuine.length - 1), fc.string({ minLength: 1 }), (at, more) => {
        expect(isRefused(genuine.slice(0, at))).toBe(true);
        expect(isRefused(genuine.slice(at + 1))).toBe(true);
        expect(isRefused(genuine.slice(0, at) + more + genuine.slice(at))).toBe(true);
      }),
    );
  });

  it('spelt in another way is refused, though it decodes to the same bytes', () => {
    const bytes = Buffer.from(genuine, 'base64url');
    const spellings = [
      bytes.toString('base64'),
      `${genuine}=`,
      `${genuine}==`,
      bytes.toString('hex'),
      `${genuine} `,
      ` ${genuine}`,
      `${genuine}\n`,
      genuine.replace(/(.)$/, '.$1'),
      encodeURIComponent(`${genuine}=`),
    ].filter((spelling) => spelling !== genuine);
    for (const spelling of spellings)
      expect([spelling, isRefused(spelling)]).toEqual([spelling, true]);
  });

  it('of any text is refused, and nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(isRefused(text)).toBe(true);
      }),
    );
  });
});
