import { jest } from '@jest/globals';

/** Only the date stands still, and moves when told: sockets and deadlines run on. */
export function freezeDate(now: Date): void {
  jest.useFakeTimers({
    now,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

/** Moves the date. */
export function passSeconds(seconds: number): void {
  jest.setSystemTime(Date.now() + seconds * 1000);
}
