import type { Attempt, Ledger, Order } from './processes/sender-messages.js';
import { DOKU_ATTEMPTS_AT_MS } from './schedules.js';
import type { SupervisedProcess } from './supervised-process.js';

/** Plays DOKU, in a process of its own. */
export class Sender {
  constructor(private readonly process: SupervisedProcess) {}

  /** Resolves once everything was accepted, or given up as DOKU would. */
  async send(
    order: Omit<Order, 'attemptsAtMs'> & Partial<Pick<Order, 'attemptsAtMs'>>,
  ): Promise<Sent> {
    const whole: Order = { attemptsAtMs: DOKU_ATTEMPTS_AT_MS, ...order };
    const { attempts } = (await this.process.ask(whole)) as Ledger;
    return new Sent(attempts);
  }
}

/** What was sent, and what was accepted of it. */
export class Sent {
  /** Ids that were answered 200 at least once. */
  readonly accepted: ReadonlySet<string>;

  constructor(readonly attempts: readonly Attempt[]) {
    this.accepted = new Set(attempts.filter(isAccepted).map(({ id }) => id));
  }

  get givenUp(): number {
    return new Set(this.attempts.map(({ id }) => id)).size - this.accepted.size;
  }

  /** How often each answer was given, such as `200:1200 503:3`. */
  get answers(): string {
    const counts = new Map<string, number>();
    for (const { answer } of this.attempts) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    return [...counts]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([answer, count]) => `${answer}:${count}`)
      .join(' ');
  }

  /** When the first was accepted that was sent after a moment; epoch milliseconds. */
  firstAcceptedAfter(moment: number): number {
    return Math.min(
      ...this.attempts
        .filter((attempt) => isAccepted(attempt) && attempt.at + attempt.ms >= moment)
        .map(({ at, ms }) => at + ms),
    );
  }
}

function isAccepted({ answer }: Attempt): boolean {
  return answer === '200';
}
