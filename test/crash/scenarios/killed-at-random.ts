import { everythingHandled } from '../everything-handled.js';
import { RandomKiller } from '../random-killer.js';
import { faultsOf, type Finding, type Scenario } from '../scenario.js';
import type { SupervisedProcess } from '../supervised-process.js';
import { CONCURRENCY, type Stage } from '../stage.js';

const RATE = 60;
/** New ones are sent until so many were killed; a busy machine is given more time for that. */
const SHORT = { kills: 3, withinMs: 10_000 } as const;
const LONG = { kills: 60, withinMs: 240_000 } as const;

interface Cast {
  readonly port: number;
  /** They are killed, one at a time. */
  readonly victims: readonly SupervisedProcess[];
}

interface Run {
  readonly figures: Finding['figures'];
  readonly lost: number;
  readonly kills: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly split: number;
}

export const everyIdOnce: Scenario = {
  id: 'once',
  promise: 'every id once, receiver and worker killed at random: no accepted one is lost',
  play: async (stage) => {
    const receiver = await stage.receiver({ worker: false });
    const worker = await stage.worker();
    const run = await playKilled(stage, 1, {
      port: receiver.port,
      victims: [receiver.process, worker],
    });
    const { figures, lost, accepted, kills } = run;
    return {
      figures,
      faults: faultsOf({
        'every accepted id is handled': lost === 0,
        'something was accepted': accepted > 0,
        'something was killed': kills > 0,
      }),
    };
  },
};

export const everyIdThreeTimes: Scenario = {
  id: 'three-times',
  promise: 'every id three times, shuffled, same kills: one event per id, few effects repeated',
  play: async (stage) => {
    // This receiver works as well.
    const receiver = await stage.receiver({ worker: true });
    const worker = await stage.worker();
    const run = await playKilled(stage, 3, {
      port: receiver.port,
      victims: [receiver.process, worker],
    });
    const most = run.kills * CONCURRENCY;
    return {
      figures: { ...run.figures, 'repeated at most': most },
      faults: faultsOf({
        'every accepted id is handled': run.lost === 0,
        'something was accepted': run.accepted > 0,
        'something was killed': run.kills > 0,
        'every id is one event': run.split === 0,
        'no more effects are repeated than were under way at the kills': run.repeated <= most,
      }),
    };
  },
};

export const memoryLoses: Scenario = {
  id: 'counter-proof',
  promise: 'the same run against a receiver that works in memory after its 200 is seen to lose',
  play: async (stage) => {
    const receiver = await stage.memoryReceiver();
    const run = await playKilled(
      stage,
      1,
      { port: receiver.port, victims: [receiver.process] },
      2_000,
    );
    return {
      figures: run.figures,
      faults: faultsOf({ 'the loss is seen': run.lost > 0, 'something was killed': run.kills > 0 }),
    };
  },
};

async function playKilled(
  stage: Stage,
  copies: number,
  { port, victims }: Cast,
  handledWithinMs?: number,
): Promise<Run> {
  const sender = await stage.sender();
  const { kills: enough, withinMs } = stage.isFull ? LONG : SHORT;
  const ids = stage.ids(Math.round((RATE * withinMs) / 1_000 / copies));
  const order = stage.random.shuffle(Array.from({ length: copies }, () => ids).flat());
  const killer = new RandomKiller(victims, stage.random);
  await killer.start();
  const sending = sender.send({ ids: order, ports: [port], ratePerSecond: RATE });
  await killer.untilKilled(enough, withinMs);
  sender.finish();
  const sent = await sending;
  await killer.stop();
  const effects = await everythingHandled(stage, sent.accepted, undefined, handledWithinMs);
  const lost = effects.missing(sent.accepted).length;
  const accepted = sent.accepted.size;
  const { kills } = killer;
  const { repeated, splitReferences: split } = effects;
  const figures = {
    sent: sent.attempts.length,
    ids: sent.ids.size,
    accepted,
    'given up by DOKU': sent.givenUp,
    handled: effects.references.size,
    lost,
    repeated,
    kills,
    answers: sent.answers,
  };
  return { figures, lost, kills, accepted, repeated, split };
}
