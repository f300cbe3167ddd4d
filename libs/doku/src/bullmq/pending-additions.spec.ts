import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { PendingAdditions } from './pending-additions.js';

const never = () => new Promise<never>(() => undefined);

describe('additions to an engine that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are waited for less than 2 seconds', async () => {
    const answered = expect(new PendingAdditions().wait(never)).rejects.toThrow('no answer within');
    await jest.advanceTimersByTimeAsync(1_999);
    await answered;
  });

  it('are not begun when too many wait already, whether or not their callers were answered', async () => {
    const additions = new PendingAdditions();
    const waiting = Array.from({ length: 999 }, () => additions.wait(never));
    let end: (outcome: string) => void = () => undefined;
    waiting.push(additions.wait(() => new Promise<never>((resolve) => (end = resolve as never))));
    const answered = Promise.allSettled(waiting);
    await jest.advanceTimersByTimeAsync(2_000);
    await answered;
    const add = jest.fn(() => Promise.resolve('added'));
    await expect(additions.wait(add)).rejects.toThrow('1000 others wait');
    expect(add).not.toHaveBeenCalled();
    end('late');
    await jest.advanceTimersByTimeAsync(1);
    await expect(additions.wait(add)).resolves.toBe('added');
  });

  it('may fail late without anybody hearing of it', async () => {
    let fail: (error: Error) => void = () => undefined;
    const answered = expect(
      new PendingAdditions().wait(() => new Promise((_resolve, reject) => (fail = reject))),
    ).rejects.toThrow('no answer within');
    await jest.advanceTimersByTimeAsync(2_000);
    await answered;
    fail(new Error('the connection is gone'));
    await jest.advanceTimersByTimeAsync(1);
  });
});
