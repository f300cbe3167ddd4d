import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STARTS_WITHIN_MS = 15_000;

/** Whatever happens to the run, its servers and folders do not outlive it. */
const living = new Set<ServerProcess>();
process.on('exit', () => {
  for (const server of living) server.abandon();
});

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** A server's process in a temporary folder of its own. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly folder: string,
    private readonly user: ServerUser | undefined,
  ) {
    living.add(this);
  }

  static async inNewFolder(name: string, user?: ServerUser): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), `doku-crash-${name}-`));
    if (user) await chown(folder, user.uid, user.gid);
    return new ServerProcess(folder, user);
  }

  /** Runs a program to its end. */
  async run(program: string, args: readonly string[]): Promise<void> {
    const child = this.spawn(program, args);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${program} ended with ${code ?? 'a signal'}: ${this.output}`);
  }

  /** Starts the server, and resolves once `isUp`. */
  async start(
    program: string,
    args: readonly string[],
    isUp: () => Promise<boolean>,
  ): Promise<void> {
    const deadline = performance.now() + STARTS_WITHIN_MS;
    this.child = this.spawn(program, args);
    while (!(await isUp())) {
      if (performance.now() > deadline) throw new Error(`${program} is not up: ${this.output}`);
      await delay(20);
      // PostgreSQL does not start while a child of the one that was killed still holds its memory.
      if (this.child.exitCode !== null) this.child = this.spawn(program, args);
    }
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    killAll(child);
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    living.delete(this);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** All that can be done while this process exits. */
  abandon(): void {
    if (this.child) killAll(this.child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawn(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...this.user,
    });
    this.output = '';
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-2_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    return child;
  }
}

/** With its children, each of which PostgreSQL puts into a process group of its own. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const each of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
