import { freePort } from '../harness/free-port.js';
import type { EngineName } from '../harness/engine-names.js';
import { Effects } from './effects.js';
import type { AppSetup, ListenerSet, ReceiverSetup } from './processes/setup.js';
import type { SeededRandom } from './seeded-random.js';
import { Sender } from './sender.js';
import type { EngineServer } from './servers/engine-server.js';
import { startServer } from './servers/create-server.js';
import { SupervisedProcess } from './supervised-process.js';

/** Of every process, unless a scenario says otherwise. */
export const CONCURRENCY = 10;

interface StageSetup {
  readonly run: string;
  readonly server: EngineServer;
  readonly effectsUrl: string;
  readonly random: SeededRandom;
  readonly isFull: boolean;
}

type Overrides = Partial<Omit<AppSetup, 'effectsUrl' | 'run' | 'namespace'>>;

/** What one scenario needs, in a namespace of its own; all of it ends with the scenario. */
export class Stage {
  readonly effects: Effects;
  readonly random: SeededRandom;
  /** Whether this is the long form. */
  readonly isFull: boolean;
  private readonly processes: SupervisedProcess[] = [];
  private readonly servers: EngineServer[] = [];

  constructor(private readonly setup: StageSetup) {
    this.effects = new Effects(setup.effectsUrl, setup.run);
    this.random = setup.random;
    this.isFull = setup.isFull;
  }

  get engine(): EngineName {
    return this.setup.server.engine;
  }

  /** Ids of notifications that no other scenario has. */
  ids(count: number, prefix = 'INV'): string[] {
    return Array.from({ length: count }, (_, index) => `${prefix}-${this.setup.run}-${index}`);
  }

  /** A server that only this scenario uses, since it kills it. */
  async ownServer(): Promise<EngineServer> {
    const server = await startServer(this.engine);
    this.servers.push(server);
    return server;
  }

  async receiver(
    setup: Overrides & Pick<ReceiverSetup, 'worker'> & Partial<Pick<ReceiverSetup, 'platform'>>,
  ): Promise<{ process: SupervisedProcess; port: number }> {
    return this.startReceiver('receiver-process', setup);
  }

  /** The counter-example, which needs no engine. */
  async memoryReceiver(): Promise<{ process: SupervisedProcess; port: number }> {
    return this.startReceiver('memory-receiver-process', { listeners: 'memory', worker: false });
  }

  async worker(overrides: Overrides = {}): Promise<SupervisedProcess> {
    return this.start('worker-process', this.app(overrides));
  }

  async sender(): Promise<Sender> {
    return new Sender(await this.start('sender-process', {}));
  }

  async start(script: string, setup: object): Promise<SupervisedProcess> {
    const process = await SupervisedProcess.start(script, setup);
    this.processes.push(process);
    return process;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop('SIGKILL')));
    for (const server of this.servers) await server.remove();
  }

  private async startReceiver(
    script: string,
    setup: Overrides & Partial<ReceiverSetup>,
  ): Promise<{ process: SupervisedProcess; port: number }> {
    const port = await freePort();
    const defaults = { platform: 'express', port, worker: false } as const;
    const process = await this.start(script, { ...this.app(setup), ...defaults, ...setup });
    return { process, port };
  }

  private app(overrides: Overrides): AppSetup {
    const { effectsUrl, run, server } = this.setup;
    const listeners: ListenerSet = 'work';
    return {
      listeners,
      concurrency: CONCURRENCY,
      connection: server.url,
      ...overrides,
      namespace: `crash_${run.replaceAll('-', '_')}`,
      effectsUrl,
      run,
    };
  }
}
