import type { DokuDurableDelivery, DokuEvent, DokuPaymentIntent } from 'nestjs-doku';

import type { DeliveryOutcome } from '../../libs/doku/src/notifications/delivery-outcome.js';
import type { DurableDelivery } from '../../libs/doku/src/notifications/durable-delivery.js';
import type {
  IntentKey,
  IntentStore,
  IntentVerdict,
} from '../../libs/doku/src/reconciliation/payment-intent.js';
import { intentsSettledBy } from '../../libs/doku/src/reconciliation/settled-intents.js';

const keyOf = ({ merchant, kind, reference, attempt }: IntentKey): string =>
  JSON.stringify([merchant, kind, reference, attempt]);

/** Keeps intents in memory; a test decides when they are asked for. */
class MemoryIntents implements IntentStore {
  readonly kept = new Map<string, DokuPaymentIntent>();
  /** What recording does before it keeps anything. */
  beforeRecord: () => Promise<void> = () => Promise.resolve();
  /** How often something was to be forgotten. */
  settled = 0;
  /** Set while this process runs a worker. */
  asker: ((intent: DokuPaymentIntent) => Promise<IntentVerdict>) | undefined;

  async record(intent: DokuPaymentIntent): Promise<void> {
    await this.beforeRecord();
    const key = keyOf(intent);
    if (!this.kept.has(key)) this.kept.set(key, intent);
  }

  settle(key: IntentKey, call?: string): Promise<void> {
    this.settled += 1;
    if (call === undefined || this.kept.get(keyOf(key))?.call === call) {
      this.kept.delete(keyOf(key));
    }
    return Promise.resolve();
  }

  serve(ask: (intent: DokuPaymentIntent) => Promise<IntentVerdict>): void {
    this.asker = ask;
  }
}

/** A durable delivery that outlives the app in the memory of a test: every event once, and its intents. */
export class MemoryDelivery {
  readonly intents = new MemoryIntents();
  /** Events that were new, oldest first. */
  readonly events: DokuEvent[] = [];
  /** How the next ones end that would be queued. */
  outcome: DeliveryOutcome = 'queued';
  private readonly known = new Set<string>();

  /** For the option `notifications.delivery`. */
  readonly option: DokuDurableDelivery = { durable: true, create: () => this.create() };

  /** The intents that are open. */
  get open(): DokuPaymentIntent[] {
    return [...this.intents.kept.values()];
  }

  of(reference: string): DokuEvent[] {
    return this.events.filter((event) => event.reference === reference);
  }

  /** Asks for every open intent, as a worker would when they are due. */
  async askForAll(): Promise<(IntentVerdict | 'failed')[]> {
    const verdicts: (IntentVerdict | 'failed')[] = [];
    for (const intent of this.open) {
      const verdict = await this.intents.asker?.(intent).catch(() => 'failed' as const);
      if (verdict === 'settled') await this.intents.settle(intent);
      verdicts.push(verdict ?? 'failed');
    }
    return verdicts;
  }

  forget(): void {
    this.events.length = 0;
    this.known.clear();
    this.intents.kept.clear();
  }

  private create(): DurableDelivery {
    return {
      runsListeners: true,
      deliver: (event) => this.deliver(event),
      intents: this.intents,
      deadLetters: {
        list: () => Promise.resolve([]),
        find: () => Promise.resolve(undefined),
        replay: () => Promise.resolve('not-dead'),
        discard: () => Promise.resolve('not-dead'),
      },
      health: () =>
        Promise.resolve({ reachable: true, engine: 'redis', oldestWaitingMs: 0, deadLetters: 0 }),
    };
  }

  private async deliver(event: DokuEvent): Promise<DeliveryOutcome> {
    if (this.outcome !== 'queued') return this.outcome;
    if (this.known.has(event.id)) return 'duplicate';
    this.known.add(event.id);
    // What a queue gives back is a copy.
    this.events.push(JSON.parse(JSON.stringify(event)) as DokuEvent);
    for (const key of intentsSettledBy(event)) await this.intents.settle(key);
    return 'queued';
  }
}
