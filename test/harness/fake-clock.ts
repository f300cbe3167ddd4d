import { jest } from '@jest/globals';

/** Stops the clock of the tests' process, and nothing else: sockets need their timers. */
export function stopClock(now: Date): void {
  jest.useFakeTimers({
    now,
    doNotFake: [
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });
}
