import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { TokenMemory } from './token-memory.js';

const token = (accessToken: string) => ({
  accessToken,
  obtainedAt: 1,
  expiresAt: 900_001,
  generation: 1,
});

describe('the memory of tokens', () => {
  it('is bounded, and keeps what is used', () => {
    const memory = new TokenMemory();
    memory.set('in-use', token('in-use'));
    memory.set('idle', token('idle'));
    for (let count = 0; count < 9_999; count++) {
      memory.get('in-use');
      memory.set(`customer-${count}`, token(`customer-${count}`));
    }
    expect(memory.size).toBe(10_000);
    expect(memory.get('in-use')?.accessToken).toBe('in-use');
    expect(memory.get('idle')).toBeUndefined();
    expect(memory.get('customer-0')).toBeDefined();
  });

  it('ends a token, whose refresh token goes too', () => {
    const memory = new TokenMemory();
    memory.set('a', { ...token('a'), refreshToken: 'r', refreshExpiresAt: 9e12 });
    memory.end('a');
    memory.end('unknown');
    expect(memory.get('a')).toEqual({ ...token('a'), expiresAt: 1 });
    expect(memory.size).toBe(1);
  });

  it('shows nothing to whoever prints it', () => {
    const memory = new TokenMemory();
    memory.set('a', token('secret-token'));
    expect(inspect({ memory }, { depth: Infinity, showHidden: true })).not.toContain(
      'secret-token',
    );
  });
});
