import { setTimeout as delay } from 'node:timers/promises';

import { everythingHandled } from '../everything-handled.js';
import { faultsOf, type Scenario } from '../scenario.js';

const RATE = 60;
const DOWN_MS = 2_000;
const RECOVERED_WITHIN_MS = 5_000;
const REFUSED_WITHIN_MS = 2_000;
/** For this machine, not for the library. */
const SCHEDULING_MS = 500;

export const engineKilled: Scenario = {
  id: 'engine-killed',
  promise: 'the engine itself killed under load: nothing accepted is lost, back within 5 s',
  play: async (stage) => {
    const server = await stage.ownServer();
    const connection = server.url;
    const receiver = await stage.receiver({ connection, worker: false });
    const worker = await stage.worker({ connection });
    const sender = await stage.sender();
    const rounds = stage.isFull ? 6 : 1;
    const ids = stage.ids(RATE * (1 + rounds * 9));
    const sending = sender.send({ ids, ports: [receiver.port], ratePerSecond: RATE });
    const backAt: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await delay(stage.random.between(1_500, 2_500));
      await server.kill();
      await delay(DOWN_MS);
      await server.start();
      backAt.push(Date.now());
      // Room for its recovery, under load.
      await delay(RECOVERED_WITHIN_MS);
    }
    const sent = await sending;
    const effects = await everythingHandled(stage, sent.accepted);
    const slowest = (recovered: (moment: number) => number): number =>
      Math.max(...backAt.map((moment) => recovered(moment) - moment));
    const accepting = slowest((moment) => sent.firstAcceptedAfter(moment));
    const delivering = slowest((moment) => effects.firstAfter(moment));
    const lost = effects.missing(sent.accepted).length;
    const refusals = sent.attempts.filter(({ answer }) => answer !== '200');
    const slowestRefusal = Math.max(0, ...refusals.map(({ ms }) => ms));
    const restarts = receiver.process.deaths + worker.deaths;
    return {
      figures: {
        sent: sent.attempts.length,
        accepted: sent.accepted.size,
        handled: effects.references.size,
        lost,
        repeated: effects.repeated,
        kills: rounds,
        'accepts again after ms': accepting,
        'delivers again after ms': delivering,
        'slowest refusal ms': slowestRefusal,
        answers: sent.answers,
      },
      faults: faultsOf({
        'every accepted id is handled': lost === 0,
        'it accepts again within 5 s': accepting <= RECOVERED_WITHIN_MS,
        'it delivers again within 5 s': delivering <= RECOVERED_WITHIN_MS,
        'nothing but 200 and 503 was answered': refusals.every(({ answer }) => answer === '503'),
        'there were refusals': refusals.length > 0,
        '503 comes within 2 s': slowestRefusal <= REFUSED_WITHIN_MS + SCHEDULING_MS,
        'no app was started again': restarts === 0,
      }),
    };
  },
};
