import { everythingHandled } from '../everything-handled.js';
import { faultsOf, type Scenario } from '../scenario.js';
import { CONCURRENCY } from '../stage.js';
import { until } from '../until.js';

/** Other scenarios start beside this one. */
const HELD_WITHIN_MS = 30_000;
const TAKEN_OVER_WITHIN_MS = 30_000;

export const takenOver: Scenario = {
  id: 'taken-over',
  promise: 'a worker killed with all its jobs: another one has done them within 30 s',
  play: async (stage) => {
    const receiver = await stage.receiver({ worker: false });
    const holder = await stage.worker({ listeners: 'holding' });
    const sender = await stage.sender();
    const ids = stage.ids(CONCURRENCY);
    await sender.send({ ids, ports: [receiver.port], ratePerSecond: 100 });
    await until(
      'the worker holds all jobs',
      async () => (await stage.effects.of('held')).references.size === CONCURRENCY,
      HELD_WITHIN_MS,
    );
    await stage.worker();
    const killedAt = Date.now();
    await holder.stop('SIGKILL');
    const effects = await everythingHandled(stage, ids);
    const tookMs = effects.lastAt - killedAt;
    return {
      figures: {
        held: CONCURRENCY,
        'handled by the other': effects.references.size,
        repeated: effects.repeated,
        'all done after ms': tookMs,
      },
      faults: faultsOf({
        'every job is taken over': effects.missing(ids).length === 0,
        'within 30 s': tookMs <= TAKEN_OVER_WITHIN_MS,
        'none is done twice': effects.repeated === 0,
      }),
    };
  },
};
