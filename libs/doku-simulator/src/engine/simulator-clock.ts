type Task = () => Promise<void>;

interface ScheduledTask {
  readonly dueAt: number;
  readonly run: Task;
}

/** Node's timers overflow beyond this; longer waits are armed again when it passes. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The simulator's time. Schedules and lives of OTPs follow `now()`, which runs with real time and
 * can be moved ahead. Timestamps sent and checked follow `wireNow()`: real time plus `skewMs`.
 */
export class SimulatorClock {
  /** Added to real time in the timestamps that are sent and checked, to imitate a wrong clock. */
  skewMs = 0;

  private offsetMs = 0;
  private readonly tasks = new Set<ScheduledTask>();
  private readonly running = new Set<Promise<void>>();
  private advancing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /** Virtual time. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Real time plus the skew: what goes over the wire. */
  wireNow(): Date {
    return new Date(Date.now() + this.skewMs);
  }

  /**
   * Moves virtual time ahead. Resolves when everything that became due has been run, in order of
   * time, with the notification deliveries that it caused.
   */
  advance(ms: number): Promise<void> {
    if (!Number.isSafeInteger(ms) || ms < 0) {
      return Promise.reject(
        new RangeError(`The clock goes forward only, by whole milliseconds, not by ${ms}`),
      );
    }
    this.advancing = this.advancing.then(() => this.moveBy(ms));
    return this.advancing;
  }

  /** Runs a task when virtual time reaches `at`. Answers a function that cancels it. */
  schedule(at: Date, run: Task): () => void {
    const task: ScheduledTask = { dueAt: at.getTime(), run };
    if (!this.isStopped) this.tasks.add(task);
    this.arm();
    return () => {
      this.tasks.delete(task);
      this.arm();
    };
  }

  /** Starts work at once that `advance()` has to wait for. */
  track(run: Task): Promise<void> {
    const work = run().finally(() => this.running.delete(work));
    this.running.add(work);
    return work;
  }

  /** Drops every schedule, so that no timer keeps the process alive. */
  stop(): void {
    this.isStopped = true;
    this.tasks.clear();
    clearTimeout(this.timer);
  }

  private async moveBy(ms: number): Promise<void> {
    const target = this.offsetMs + ms;
    for (;;) {
      await Promise.allSettled(this.running);
      const next = this.earliest();
      if (next === undefined || next.dueAt > Date.now() + target) break;
      // While a task runs, the clock shows the moment for which it was scheduled.
      this.offsetMs = Math.min(target, Math.max(this.offsetMs, next.dueAt - Date.now()));
      this.start(next);
    }
    this.offsetMs = target;
    this.arm();
  }

  private earliest(): ScheduledTask | undefined {
    let earliest: ScheduledTask | undefined;
    for (const task of this.tasks) {
      if (earliest === undefined || task.dueAt < earliest.dueAt) earliest = task;
    }
    return earliest;
  }

  private start(task: ScheduledTask): void {
    this.tasks.delete(task);
    void this.track(task.run);
  }

  /** Real time passes too: what falls due without `advance()` is run by a timer. */
  private arm(): void {
    clearTimeout(this.timer);
    const next = this.earliest();
    if (next === undefined || this.isStopped) return;
    const waitMs = Math.max(0, next.dueAt - this.now().getTime());
    this.timer = setTimeout(
      () => {
        for (const task of this.tasks) if (task.dueAt <= this.now().getTime()) this.start(task);
        this.arm();
      },
      Math.min(waitMs, LONGEST_TIMER_MS),
    );
    this.timer.unref();
  }
}
