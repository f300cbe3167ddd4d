import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROCESSES = new URL('processes/', import.meta.url);
const TYPESCRIPT = new URL('../processes/typescript.mjs', import.meta.url).href;

/** A process whose place another one takes whenever it ends, until it is stopped. */
export class SupervisedProcess {
  /** What it said when it was ready. */
  greeting: Readonly<Record<string, unknown>> = {};
  /** How often it ended by itself or was killed. */
  deaths = 0;
  private child: ChildProcess;
  /** Has loaded everything, and waits for its turn. */
  private spare: ChildProcess | undefined;
  private readonly loaded = new WeakSet<ChildProcess>();
  private isWanted = true;
  private isUp = false;
  private failure: Error | undefined;

  private constructor(
    private readonly script: string,
    private readonly setup: object,
  ) {
    this.child = this.putToWork(this.fork());
  }

  /** Resolves once it says that it does its work. */
  static async start(script: string, setup: object = {}): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(script, setup);
    await supervised.untilReady();
    return supervised;
  }

  /** Whether it does its work now, and another one waits to take its place at once. */
  get isReplaceable(): boolean {
    return this.isUp && this.spare !== undefined && this.loaded.has(this.spare);
  }

  /** Has another one wait to take its place at once. */
  keepSpare(): void {
    this.spare ??= this.fork();
  }

  async untilReady(): Promise<void> {
    while (!this.isUp) {
      await this.next().catch(() => undefined);
      if (this.failure) throw this.failure;
    }
  }

  /** SIGKILL. Another one takes its place. */
  kill(): void {
    this.isUp = false;
    this.child.kill('SIGKILL');
  }

  /** Tells it something, and resolves with its answer. */
  async ask(message: object): Promise<unknown> {
    const answer = this.next();
    this.tell(message);
    return answer;
  }

  tell(message: object): void {
    this.child.send(message);
  }

  /** Ends it for good, and resolves with how long that took. */
  async stop(signal: NodeJS.Signals): Promise<{ ms: number }> {
    this.isWanted = false;
    this.spare?.kill('SIGKILL');
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return { ms: 0 };
    const started = performance.now();
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return { ms: performance.now() - started };
  }

  /** Its next message; rejects when it ends before. */
  private async next(): Promise<unknown> {
    const { child } = this;
    const stop = new AbortController();
    const { signal } = stop;
    try {
      return await Promise.race([
        once(child, 'message', { signal }).then(([given]: unknown[]) => given),
        once(child, 'exit', { signal }).then(() => {
          throw new Error(`${this.script} has ended`);
        }),
      ]);
    } finally {
      stop.abort();
    }
  }

  private fork(): ChildProcess {
    const child = fork(fileURLToPath(new URL(`${this.script}.ts`, PROCESSES)), {
      execArgv: ['--import', TYPESCRIPT],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.once('message', () => this.loaded.add(child));
    return child;
  }

  private putToWork(child: ChildProcess): ChildProcess {
    const hear = (greeting: Record<string, unknown>): void => {
      if ('loaded' in greeting) return;
      this.greeting = greeting;
      this.isUp = true;
      child.off('message', hear);
    };
    child.on('message', hear);
    child.once('exit', (code) => {
      const hasStarted = this.isUp || code === null;
      this.isUp = false;
      if (!this.isWanted) return;
      this.deaths++;
      if (hasStarted) this.replace();
      else this.failure = new Error(`${this.script} ended with ${code} while it started`);
    });
    child.send(this.setup);
    return child;
  }

  private replace(): void {
    const { spare } = this;
    this.child = this.putToWork(spare ?? this.fork());
    if (spare) this.spare = this.fork();
  }
}
