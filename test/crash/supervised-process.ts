import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROCESSES = new URL('processes/', import.meta.url);
const TYPESCRIPT = new URL('../processes/typescript.mjs', import.meta.url).href;

/** A process that is started again whenever it ends, until it is stopped. */
export class SupervisedProcess {
  private child: ChildProcess;
  private isWanted = true;
  private isUp = false;
  /** How often it ended by itself or was killed. */
  deaths = 0;

  private constructor(
    private readonly script: string,
    private readonly setup: object,
  ) {
    this.child = this.spawn();
  }

  /** Resolves once it says that it does its work. */
  static async start(script: string, setup: object = {}): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(script, setup);
    try {
      await supervised.untilReady();
    } catch (error) {
      await supervised.stop('SIGKILL');
      throw error;
    }
    return supervised;
  }

  /** Whether it does its work now. */
  get isReady(): boolean {
    return this.isUp;
  }

  /** What it said when it was ready. */
  greeting: Readonly<Record<string, unknown>> = {};

  async untilReady(): Promise<void> {
    while (!this.isUp) {
      const { child } = this;
      const stop = new AbortController();
      const { signal } = stop;
      await Promise.race([
        once(child, 'message', { signal }),
        once(child, 'exit', { signal }).then(([code]) => {
          // It was killed while it started; one that cannot start would never be ready.
          if (code !== null) throw new Error(`${this.script} ended with ${String(code)} at start`);
        }),
      ]).finally(() => {
        stop.abort();
      });
    }
  }

  /** SIGKILL. It starts again. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Tells it something, and resolves with its answer. */
  async ask(message: object): Promise<unknown> {
    const { child } = this;
    const answer = Promise.race([
      once(child, 'message').then(([given]: unknown[]) => given),
      once(child, 'exit').then(() => {
        throw new Error(`${this.script} ended instead of answering`);
      }),
    ]);
    child.send(message);
    return answer;
  }

  /** Ends it for good, and resolves with how long that took. */
  async stop(signal: NodeJS.Signals): Promise<{ ms: number; code: number | null }> {
    this.isWanted = false;
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return { ms: 0, code: child.exitCode };
    const started = performance.now();
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await exited;
    return { ms: performance.now() - started, code };
  }

  private spawn(): ChildProcess {
    const child = fork(fileURLToPath(new URL(`${this.script}.ts`, PROCESSES)), {
      execArgv: ['--import', TYPESCRIPT],
      env: { ...process.env, NODE_OPTIONS: '', CRASH_SETUP: JSON.stringify(this.setup) },
    });
    child.once('message', (greeting: Record<string, unknown>) => {
      this.greeting = greeting;
      this.isUp = true;
    });
    child.once('exit', () => {
      this.isUp = false;
      if (!this.isWanted) return;
      this.deaths++;
      this.child = this.spawn();
    });
    return child;
  }
}
