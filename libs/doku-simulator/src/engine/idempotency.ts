import { Injectable } from '@nestjs/common';

/** An answer before it is signed: signatures are made afresh for each sending. */
export interface UnsignedAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Why the answer is a refusal. */
  readonly reason?: string;
  /** Whether the Request-Id is spent; a body that broke a rule may be mended and sent again. */
  readonly isFinal: boolean;
}

export type Execution =
  | { readonly kind: 'processed' | 'replayed'; readonly answer: UnsignedAnswer }
  | { readonly kind: 'conflict' };

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<UnsignedAnswer>;
}

/**
 * Processes each Client-Id and Request-Id once (reference 5). A repeat that comes while the first
 * call is still being processed waits for its answer.
 */
@Injectable()
export class IdempotencyStore {
  private readonly entries = new Map<string, Entry>();

  /** @param fingerprint - what must be equal for a repeat to count as one: path and body */
  async once(
    key: string,
    fingerprint: string,
    run: () => Promise<UnsignedAnswer>,
  ): Promise<Execution> {
    const known = this.entries.get(key);
    if (known !== undefined) {
      if (known.fingerprint !== fingerprint) return { kind: 'conflict' };
      return { kind: 'replayed', answer: await known.answer };
    }
    const entry: Entry = { fingerprint, answer: run() };
    this.entries.set(key, entry);
    const answer = await entry.answer;
    if (!answer.isFinal) this.entries.delete(key);
    return { kind: 'processed', answer };
  }
}
