import type { EngineName } from '../../harness/engine-names.js';

/** A server of its own, that may be killed. */
export interface EngineServer {
  readonly engine: EngineName;
  /** For the option `connection`. */
  readonly url: string;
  /** Resolves once it answers. After `kill` it starts again with the same data, on the same port. */
  start(): Promise<void>;
  /** SIGKILL to all of its processes. Resolves once they are gone. */
  kill(): Promise<void>;
  /** Kills it, and removes its data. */
  remove(): Promise<void>;
}
