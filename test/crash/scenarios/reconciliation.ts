import type { SimulatedDoku } from '../../harness/simulated-shop.js';
import type { EffectList } from '../effects.js';
import type { Purchase, PurchaseResult } from '../processes/payer-messages.js';
import { faultsOf, type Scenario } from '../scenario.js';
import { DOKU_FACTOR, GIVE_UP_AFTER_MS, QUERY_DELAYS_MS, THIRTEEN_HOURS_MS } from '../schedules.js';
import { CONCURRENCY, type Stage } from '../stage.js';
import { until } from '../until.js';

const OPERATION = 'cimb.createPayment';
const HELD_WITHIN_MS = 20_000;
/** So that the caller is dead before anybody asks. */
const ASKED_AFTER_MS = 3_000;
const ENDED_WITHIN_MS = 60_000;

export const notificationsDropped: Scenario = {
  id: 'notifications-dropped',
  promise: 'all notifications dropped for 13 virtual hours: every payment ends, one event each',
  play: async (stage) => {
    const { doku, card } = await stage.dokuWithoutNotifications();
    const payer = await stage.payer({
      baseUrl: doku.url,
      queryDelaysMs: QUERY_DELAYS_MS,
      giveUpAfterMs: GIVE_UP_AFTER_MS,
    });
    const references = stage.ids(stage.isFull ? 300 : 30);
    const purchase: Purchase = { card, references };
    const paidAt = Date.now();
    const { failures } = (await payer.ask(purchase)) as PurchaseResult;
    await doku.post('/clock', { advanceMs: THIRTEEN_HOURS_MS * DOKU_FACTOR });
    const ended = await everyPaymentEnded(stage, references, THIRTEEN_HOURS_MS);
    return {
      figures: {
        payments: references.length,
        failed: failures.length,
        ...figuresOf(ended, references),
        'virtual hours': hours(ended.lastAt - paidAt).toFixed(1),
      },
      faults: faultsOf({
        'every call was answered': failures.length === 0,
        'no effect is repeated': ended.repeated === 0,
        ...endsOf(ended, references),
      }),
    };
  },
};

export const callerKilled: Scenario = {
  id: 'caller-killed',
  promise: 'the caller killed between send and answer: no payment is forgotten',
  play: async (stage) => {
    const { doku, card } = await stage.dokuWithoutNotifications();
    const payer = await stage.payer({
      baseUrl: doku.url,
      queryDelaysMs: [ASKED_AFTER_MS],
      giveUpAfterMs: ENDED_WITHIN_MS,
    });
    payer.keepSpare();
    const rounds = stage.isFull ? 20 : 2;
    const perRound = 5;
    const references = stage.ids(rounds * perRound);
    await doku.fault(OPERATION, 'hang', { processed: true, times: null });
    for (let round = 0; round < rounds; round++) {
      const purchase: Purchase = {
        card,
        references: references.slice(round * perRound, (round + 1) * perRound),
      };
      payer.tell(purchase);
      await untilProcessed(doku, (round + 1) * perRound);
      payer.kill();
      await payer.untilReady();
    }
    await doku.clearFaults();
    const ended = await everyPaymentEnded(stage, references, ENDED_WITHIN_MS);
    const { processed } = await doku.counters(OPERATION);
    return {
      figures: {
        payments: references.length,
        processed,
        kills: rounds,
        ...figuresOf(ended, references),
      },
      faults: faultsOf({
        'DOKU carried out every payment once': processed === references.length,
        // The payer works as well: a kill may find it between an effect and the end of its job.
        'few effects are repeated': ended.repeated <= rounds * CONCURRENCY,
        ...endsOf(ended, references),
      }),
    };
  },
};

async function untilProcessed(doku: SimulatedDoku, count: number): Promise<void> {
  await until(
    'DOKU has carried them out',
    async () => (await doku.counters(OPERATION)).processed >= count,
    HELD_WITHIN_MS,
  );
}

async function everyPaymentEnded(
  stage: Stage,
  references: readonly string[],
  withinMs: number,
): Promise<EffectList> {
  const isComplete = async () => (await stage.effects.all()).missing(references).length === 0;
  await until('every payment ended', isComplete, withinMs).catch(() => undefined);
  return stage.effects.all();
}

function figuresOf(ended: EffectList, references: readonly string[]) {
  return {
    ended: ended.references.size,
    forgotten: ended.missing(references).length,
    repeated: ended.repeated,
  };
}

function endsOf(ended: EffectList, references: readonly string[]): Record<string, boolean> {
  return {
    'every payment has ended': ended.missing(references).length === 0,
    'each with one event': ended.splitReferences === 0,
    'each as it did at DOKU': ended.effects.every(
      ({ listener }) => listener === 'payment.succeeded',
    ),
  };
}

function hours(ms: number): number {
  return (ms * DOKU_FACTOR) / 3_600_000;
}
