/** What the sender is told. */
export interface Order {
  /** In this order; an id that stands there several times is sent so many copies. */
  readonly ids: readonly string[];
  /** Of the receivers, which take turns. */
  readonly ports: readonly number[];
  readonly ratePerSecond: number;
  /** When the attempts are made, after the first; until one is answered 200. */
  readonly attemptsAtMs: readonly number[];
}

/** One request, and what became of it. */
export interface Attempt {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ms: number;
  /** A status, or the code of the error. */
  readonly answer: string;
}

/** Everything that was sent. */
export interface Ledger {
  readonly attempts: readonly Attempt[];
}
