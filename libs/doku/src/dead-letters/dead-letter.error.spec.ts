import { inspect } from 'node:util';

import { describe, expect, it, jest } from '@jest/globals';

import { DeadLetterError, isDeadLetterError } from './dead-letter.error.js';

describe('DeadLetterError', () => {
  it('carries its reason and its cause', () => {
    const cause = new Error('no such order');
    const error = new DeadLetterError('the order was deleted', { cause });

    expect(error).toMatchObject({
      reason: 'the order was deleted',
      cause,
      name: 'DeadLetterError',
    });
    expect(error.message).toBe('the order was deleted');
    expect(inspect(error)).not.toContain('Symbol(');
  });

  it('is recognised when another copy of the library made it', async () => {
    jest.resetModules();
    const other = await import('./dead-letter.error.js');
    const error = new other.DeadLetterError('given up');

    expect(error).not.toBeInstanceOf(DeadLetterError);
    expect(isDeadLetterError(error)).toBe(true);
  });

  it.each([
    ['an ordinary error', new Error('given up')],
    ['one of the same name', Object.assign(new Error(), { name: 'DeadLetterError', reason: 'x' })],
    ['nothing', undefined],
    ['a text', 'DeadLetterError'],
    [
      'what throws when it is looked at',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('trap');
          },
        },
      ),
    ],
  ])('is not taken for one: %s', (_what, value) => {
    expect(isDeadLetterError(value)).toBe(false);
  });
});
