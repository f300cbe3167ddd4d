/** What a caller may set on a single call. */
export interface DokuCallOptions {
  /**
   * Name of the merchant in the module's options.
   * @defaultValue `'default'`
   */
  readonly merchant?: string;
  /**
   * `Request-Id` of the call, 1 to 128 visible characters. DOKU carries out a Request-Id once: keep it with
   * your order to repeat the very same call after a crash.
   * @defaultValue a new UUID
   */
  readonly requestId?: string;
  /** Ends the call. After bytes were sent, a call that changes something ends with an unknown outcome. */
  readonly signal?: AbortSignal;
  /**
   * Deadline of this call in milliseconds, repeats included.
   * @defaultValue the option `http.timeoutMs`
   */
  readonly timeoutMs?: number;
  /** Members that DOKU's documents lack, merged deeply into the body. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
