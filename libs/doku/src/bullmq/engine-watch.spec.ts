import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import type { AlarmRegistry } from '../alarms/alarm.registry.js';
import type { DokuAlarm } from '../alarms/doku-alarm.js';
import type { Engine } from './engine.js';
import { EngineWatch } from './engine-watch.js';

describe('the watch over the engine', () => {
  let alarms: DokuAlarm[];
  let isAway: boolean;
  let watch: EngineWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    alarms = [];
    isAway = false;
    const registry = { raise: (alarm: DokuAlarm) => alarms.push(alarm) };
    watch = new EngineWatch(
      { name: 'redis', address: 'here' } as Engine,
      registry as unknown as AlarmRegistry,
      () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()),
    );
  });
  afterEach(() => {
    watch.stop();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('tells that it is away and that it is back, once each, with nobody else to ask', async () => {
    isAway = true;
    watch.failed('no answer');
    watch.failed('no answer');
    await jest.advanceTimersByTimeAsync(10_000);
    isAway = false;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(alarms).toMatchObject([
      { type: 'engine-unreachable', reason: 'no answer' },
      { type: 'engine-recovered' },
    ]);
    const [, recovered] = alarms;
    const { downMs } = recovered as DokuAlarm & { downMs: number };
    // Until it answered again, not until it was believed.
    expect(downMs).toBeGreaterThanOrEqual(10_000);
    expect(downMs).toBeLessThanOrEqual(12_000);
  });

  it('does not cry at every other answer of an engine that is only slow', async () => {
    for (let second = 0; second < 60; second += 1) {
      watch.failed('no answer within 1500 ms');
      watch.succeeded();
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(alarms.map(({ type }) => type)).toEqual(['engine-unreachable']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(alarms.map(({ type }) => type)).toEqual(['engine-unreachable', 'engine-recovered']);
  });

  it('is over once it is stopped', async () => {
    isAway = true;
    watch.failed('no answer');
    watch.stop();
    watch.failed('what was still waited for has failed');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(alarms).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
