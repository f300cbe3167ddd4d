import { setTimeout as delay } from 'node:timers/promises';

import type { SeededRandom } from './seeded-random.js';
import type { SupervisedProcess } from './supervised-process.js';
import { until } from './until.js';

const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_000;
const ARMED_WITHIN_MS = 60_000;

/** Kills one of several processes at random, every 1 to 3 seconds. */
export class RandomKiller {
  kills = 0;
  private readonly stopping = new AbortController();
  private killing: Promise<void> | undefined;

  constructor(
    private readonly victims: readonly SupervisedProcess[],
    private readonly random: SeededRandom,
  ) {
    for (const victim of victims) victim.keepSpare();
  }

  /** Begins once whoever is killed can be replaced at once, and resolves then. */
  async start(): Promise<void> {
    await until(
      'a spare of each process',
      () => this.victims.every(({ isReplaceable }) => isReplaceable),
      ARMED_WITHIN_MS,
    );
    this.killing = this.killOnAndOn();
  }

  /** Resolves once it has killed so often, or the time is up. */
  async untilKilled(times: number, withinMs: number): Promise<void> {
    await until('enough kills', () => this.kills >= times, withinMs).catch(() => undefined);
  }

  /** Resolves once it kills no more, and all its victims are back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.killing;
    for (const victim of this.victims) await victim.untilReady();
  }

  private async killOnAndOn(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      const pause = this.random.between(SHORTEST_MS, LONGEST_MS);
      try {
        await delay(pause, undefined, { signal });
      } catch {
        return;
      }
      // On a busy machine one that still starts would never be up.
      const ready = this.victims.filter(({ isReplaceable }) => isReplaceable);
      if (ready.length === 0) continue;
      this.random.choose(ready).kill();
      this.kills++;
    }
  }
}
