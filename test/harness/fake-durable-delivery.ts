import type { DokuAlarm, DokuDurableDelivery, DokuEvent } from 'nestjs-doku';

import type {
  DeadLetterQuery,
  DeadLetters,
  DokuDeadLetter,
} from '../../libs/doku/src/dead-letters/dead-letter.js';
import type { DeliveryOutcome } from '../../libs/doku/src/notifications/delivery-outcome.js';
import type {
  DeliveryHealth,
  DeliveryHost,
  DurableDelivery,
} from '../../libs/doku/src/notifications/durable-delivery.js';

/** A durable delivery that does what a test wants, without an engine. */
export class FakeDurableDelivery implements DurableDelivery {
  readonly runsListeners = true;
  outcome: DeliveryOutcome = 'queued';
  readonly deadLetters = new FakeDeadLetters();
  readonly intents = {
    record: () => Promise.resolve(),
    settle: () => Promise.resolve(),
    serve: () => undefined,
  };
  health: () => Promise<DeliveryHealth> = () =>
    Promise.resolve({ reachable: true, engine: 'redis', oldestWaitingMs: 0, deadLetters: 0 });
  private host: DeliveryHost | undefined;

  /** For `notifications.delivery`. */
  readonly option: DokuDurableDelivery = {
    durable: true,
    create: (host) => {
      this.host = host;
      this.onCreate();
      return this;
    },
  };

  /** @param onCreate called while the app's providers are made */
  constructor(private readonly onCreate: () => void = () => undefined) {}

  deliver(): Promise<DeliveryOutcome> {
    return Promise.resolve(this.outcome);
  }

  raise(alarm: DokuAlarm): void {
    this.host?.alarms.raise(alarm);
  }
}

interface Kept {
  letter: DokuDeadLetter;
  readonly event: unknown;
}

/** Dead letters in memory, by the rules of the port. */
class FakeDeadLetters implements DeadLetters {
  readonly queries: DeadLetterQuery[] = [];
  private readonly kept = new Map<string, Kept>();

  add(letter: DokuDeadLetter, event: DokuEvent | Record<string, unknown>): void {
    this.kept.set(letter.id, { letter, event });
  }

  list(query: DeadLetterQuery): Promise<readonly DokuDeadLetter[]> {
    this.queries.push(query);
    const { offset = 0, limit = 100, includeDiscarded = false } = query;
    const letters = [...this.kept.values()].map(({ letter }) => letter);
    return Promise.resolve(
      letters
        .filter(({ discarded }) => includeDiscarded || discarded === undefined)
        .slice(offset, offset + limit),
    );
  }

  find(id: string): Promise<Kept | undefined> {
    return Promise.resolve(this.kept.get(id));
  }

  replay(id: string): Promise<'replayed' | 'not-dead'> {
    return Promise.resolve(this.kept.delete(id) ? 'replayed' : 'not-dead');
  }

  discard(id: string, reason: string): Promise<'discarded' | 'not-dead'> {
    const kept = this.kept.get(id);
    if (!kept) return Promise.resolve('not-dead');
    kept.letter = { ...kept.letter, discarded: { reason, at: new Date().toISOString() } };
    return Promise.resolve('discarded');
  }
}

/** A dead letter of an event about `INV-1`. */
export function deadLetterOf(
  id: string,
  event: Pick<DokuEvent, 'id' | 'type'> = { id: 'event-1', type: 'payment.succeeded' },
): DokuDeadLetter {
  return {
    id,
    listener: 'Orders.markPaid',
    event: {
      id: event.id,
      type: event.type,
      channel: 'cimb-direct-debit',
      merchant: 'default',
      reference: 'INV-1',
    },
    cause: 'attempts-used-up',
    reason: 'Error: no database',
    attempts: 10,
    deadLetteredAt: '2026-01-01T00:00:00.000Z',
  };
}
