import type { HeldToken } from './access-token.js';

const MAX_TOKENS = 10_000;

/** The tokens of this process, bounded: those that were not used for longest go first. */
export class TokenMemory {
  /** Private for good: nothing may print a token. */
  readonly #tokens = new Map<string, HeldToken>();

  get size(): number {
    return this.#tokens.size;
  }

  get(key: string): HeldToken | undefined {
    const token = this.#tokens.get(key);
    if (token) {
      this.#tokens.delete(key);
      this.#tokens.set(key, token);
    }
    return token;
  }

  set(key: string, token: HeldToken): void {
    this.#tokens.delete(key);
    this.#tokens.set(key, token);
    if (this.#tokens.size <= MAX_TOKENS) return;
    for (const oldest of this.#tokens.keys()) {
      this.#tokens.delete(oldest);
      return;
    }
  }

  /** Lets no call use a token any more, and remembers which one that is. */
  end(key: string): void {
    const token = this.#tokens.get(key);
    if (!token) return;
    const { accessToken, obtainedAt, generation } = token;
    this.#tokens.set(key, { accessToken, obtainedAt, generation, expiresAt: obtainedAt });
  }
}
