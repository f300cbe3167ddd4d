import { once } from 'node:events';

/** Whose effects a process has. */
export interface EffectsTarget {
  /** Where the process is that records effects. */
  readonly effectsUrl: string;
  /** Name of the scenario. */
  readonly run: string;
}

/** Which listeners a process has. */
export type ListenerSet = 'work' | 'holding' | 'broken' | 'poison' | 'memory' | 'final';

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

export interface PayerSetup extends AppSetup {
  /** Of the simulated DOKU. */
  readonly baseUrl: string;
  readonly queryDelaysMs: readonly number[];
  readonly giveUpAfterMs: number;
}

/** What a process says when it could begin; its next word is that it does its work. */
const LOADED = { loaded: true } as const;

/**
 * What this process has to do. Until it is told, it is a spare one that has loaded all it needs: so that the one
 * that takes the place of a killed one is there at once.
 */
export async function readSetup<Setup>(): Promise<Setup> {
  process.on('disconnect', () => {
    process.exit();
  });
  const told = once(process, 'message') as Promise<[Setup]>;
  process.send?.(LOADED);
  const [setup] = await told;
  return setup;
}

/** Tells the parent that the process does its work now. */
export function announceReady(greeting: object = {}): void {
  process.send?.(greeting);
}
