import { everythingHandled } from '../everything-handled.js';
import { faultsOf, type Scenario } from '../scenario.js';
import { until } from '../until.js';

const COPIES = 64;

export const identicalCopies: Scenario = {
  id: 'copies',
  promise: 'two receivers, two workers, 64 identical copies at once: handled once',
  play: async (stage) => {
    const [first, second] = await Promise.all([
      stage.receiver({ worker: false }),
      stage.receiver({ worker: false, platform: 'fastify' }),
      stage.worker(),
      stage.worker(),
    ]);
    const sender = await stage.sender();
    const ids = stage.ids(stage.isFull ? 50 : 5);
    const answered = [];
    for (const id of ids) {
      const copies = Array.from({ length: COPIES }, () => id);
      const ports = [first.port, second.port];
      answered.push(await sender.send({ ids: copies, ports, ratePerSecond: Infinity }));
    }
    // Whatever was queued after them is done once this one is: then no second run of theirs can still wait.
    const [last = ''] = stage.ids(1, 'LAST');
    await sender.send({ ids: [last], ports: [first.port], ratePerSecond: 1 });
    const effects = await everythingHandled(stage, [...ids, last]);
    const oks = answered.flatMap(({ attempts }) => attempts).filter((each) => each.answer === '200');
    await until('quiet', async () => {
      const before = (await stage.effects.of('work')).effects.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (await stage.effects.of('work')).effects.length === before;
    }, 10_000);
    const { repeated, splitReferences } = await stage.effects.of('work');
    return {
      figures: {
        ids: ids.length,
        sent: ids.length * COPIES,
        accepted: oks.length,
        handled: effects.references.size - 1,
        repeated,
      },
      faults: faultsOf({
        'every copy is accepted': oks.length === ids.length * COPIES,
        'every id is handled': effects.missing(ids).length === 0,
        'none is handled twice': repeated === 0,
        'every id is one event': splitReferences === 0,
      }),
    };
  },
};
