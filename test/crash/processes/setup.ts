/** What the processes of a scenario are told, by the variable `CRASH_SETUP`. */
export interface EffectsTarget {
  /** Where the process is that records effects. */
  readonly effectsUrl: string;
  /** Name of the scenario. */
  readonly run: string;
}

/** Which listeners a process has. */
export type ListenerSet = 'work' | 'holding' | 'broken' | 'poison' | 'memory';

export interface AppSetup extends EffectsTarget {
  readonly listeners: ListenerSet;
  /** Of listeners. */
  readonly concurrency: number;
  readonly connection: string;
  readonly namespace: string;
  readonly listenerTimeoutMs?: number;
  readonly retryDelaysMs?: readonly number[];
}

export interface ReceiverSetup extends AppSetup {
  readonly platform: 'express' | 'fastify';
  readonly port: number;
  /** Whether it also works. */
  readonly worker: boolean;
}

export function readSetup<Setup>(): Setup {
  return JSON.parse(process.env.CRASH_SETUP ?? '{}') as Setup;
}

/** Tells the parent that the process does its work now, and ends with it. */
export function announceReady(): void {
  process.on('disconnect', () => {
    process.exit();
  });
  process.send?.({ ready: true });
}
