/** Stops what waits for a call that has ended; never leaves the library. */
export class CallEnded extends Error {}

/**
 * Ends a call at its deadline, or when the caller gives up, whichever comes first. Callbacks rather than
 * an `AbortSignal` of its own, which would cost every call more than its signature does.
 */
export class CallDeadline {
  private readonly timer: NodeJS.Timeout;
  private callback: (() => void) | undefined;
  private reason: 'deadline' | 'aborted' | undefined;

  /** @param timeoutMs milliseconds from now */
  constructor(
    private readonly timeoutMs: number,
    private readonly callerSignal: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(() => {
      this.end('deadline');
    }, timeoutMs);
    if (callerSignal?.aborted) this.onCallerAbort();
    else callerSignal?.addEventListener('abort', this.onCallerAbort);
  }

  get hasEnded(): boolean {
    return this.reason !== undefined;
  }

  /** Why the call was ended, for a message; `undefined` when it was not. */
  cause(): string | undefined {
    if (this.reason === 'deadline') return `its deadline of ${this.timeoutMs} ms passed`;
    return this.reason === 'aborted' ? 'the caller aborted it' : undefined;
  }

  /** Calls back when the call ends; at once if it has. The last one counts: a call waits for one thing at a time. */
  onEnd(callback: () => void): void {
    if (this.hasEnded) callback();
    else this.callback = callback;
  }

  /** Waits; `false` when the call ended meanwhile. */
  async sleep(ms: number): Promise<boolean> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.onEnd(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    return !this.hasEnded;
  }

  /**
   * Waits for something that goes on without this call.
   *
   * @throws CallEnded when the call ends first
   */
  wait<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.onEnd(() => {
        reject(new CallEnded());
      });
      promise.then(resolve, reject);
    });
  }

  /** The call is over: nothing is left behind. */
  clear(): void {
    clearTimeout(this.timer);
    this.callback = undefined;
    this.callerSignal?.removeEventListener('abort', this.onCallerAbort);
  }

  private readonly onCallerAbort = (): void => {
    this.end('aborted');
  };

  private end(reason: 'deadline' | 'aborted'): void {
    this.reason ??= reason;
    this.callback?.();
    this.callback = undefined;
  }
}
