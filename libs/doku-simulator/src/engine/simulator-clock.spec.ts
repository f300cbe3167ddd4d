import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatorClock } from './simulator-clock.js';

const HOUR_MS = 3_600_000;

describe('SimulatorClock', () => {
  let clock: SimulatorClock;
  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  beforeEach(() => {
    clock = new SimulatorClock();
  });
  afterEach(() => {
    clock.stop();
  });

  it('runs what falls due in order of time, with the clock at that time', async () => {
    const start = clock.now().getTime();
    const hours: [string, number][] = [];
    const note = (name: string) => () => {
      hours.push([name, Math.round((clock.now().getTime() - start) / HOUR_MS)]);
      return Promise.resolve();
    };
    clock.schedule(inMs(2 * HOUR_MS), note('second'));
    clock.schedule(inMs(HOUR_MS), note('first'));
    clock.schedule(inMs(4 * HOUR_MS), note('never'));

    await clock.advance(3 * HOUR_MS);

    expect(hours).toEqual([
      ['first', 1],
      ['second', 2],
    ]);
    expect(Math.round((clock.now().getTime() - start) / HOUR_MS)).toBe(3);
  });

  it('runs what was scheduled by what fell due', async () => {
    let runs = 0;
    const again = (): Promise<void> => {
      runs++;
      clock.schedule(inMs(HOUR_MS), again);
      return Promise.resolve();
    };
    clock.schedule(inMs(HOUR_MS), again);

    await clock.advance(5 * HOUR_MS + 1_000);

    expect(runs).toBe(5);
  });

  it('waits for work under way', async () => {
    let isDone = false;
    void clock.track(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isDone = true;
    });

    await clock.advance(0);

    expect(isDone).toBe(true);
  });

  it('leaves the time of the wire alone, which has a skew of its own', async () => {
    clock.skewMs = -HOUR_MS;
    await clock.advance(10 * HOUR_MS);

    expect(Math.round((clock.wireNow().getTime() - Date.now()) / HOUR_MS)).toBe(-1);
  });

  it('runs no cancelled task', async () => {
    let runs = 0;
    const cancel = clock.schedule(inMs(HOUR_MS), () => {
      runs++;
      return Promise.resolve();
    });
    cancel();

    await clock.advance(2 * HOUR_MS);

    expect(runs).toBe(0);
  });

  it('runs what falls due in real time', async () => {
    await new Promise<void>((resolve) => {
      clock.schedule(inMs(1), () => {
        resolve();
        return Promise.resolve();
      });
    });
  });

  it.each([-1, 0.5, Number.NaN])('refuses to move by %s', async (ms) => {
    await expect(clock.advance(ms)).rejects.toThrow('goes forward only');
  });
});
