import { everythingHandled } from '../everything-handled.js';
import type { DeadLettersAnswer, Question } from '../processes/questions.js';
import { faultsOf, type Scenario } from '../scenario.js';
import { until } from '../until.js';

const OTHERS = 60;
/** Each death costs up to 30 s until the job is taken over. */
const WITHIN_MS = 240_000;

export const poisonListener: Scenario = {
  id: 'poison',
  promise: 'a listener that kills its worker again and again ends as a dead letter; others go on',
  play: async (stage) => {
    const receiver = await stage.receiver({ worker: false, listeners: 'poison' });
    const worker = await stage.worker({ listeners: 'poison' });
    const sender = await stage.sender();
    const [poison = ''] = stage.ids(1, 'POISON');
    const others = stage.ids(OTHERS);
    const sent = await sender.send({
      ids: [...others.slice(0, OTHERS / 2), poison, ...others.slice(OTHERS / 2)],
      ports: [receiver.port],
      ratePerSecond: 30,
    });
    const letters = await until(
      'the dead letter of the poison',
      async () => {
        const question: Question = { ask: 'dead-letters' };
        const { deadLetters } = (await receiver.process.ask(question)) as DeadLettersAnswer;
        return deadLetters.some(({ listener }) => listener === 'poison') && deadLetters;
      },
      WITHIN_MS,
    );
    const effects = await everythingHandled(stage, [...others, poison]);
    const runsOfPoison = (await stage.effects.of('poison')).effects.filter(
      ({ reference }) => reference === poison,
    ).length;
    const othersPoisoned = await stage.effects.of('poison');
    return {
      figures: {
        accepted: sent.accepted.size,
        handled: effects.references.size,
        'workers killed': worker.deaths,
        'runs of the poison': runsOfPoison,
        'dead letters': letters.map(({ cause, listener }) => `${cause} of ${listener}`).join(', '),
      },
      faults: faultsOf({
        'every other id is handled by both listeners':
          effects.missing(others).length === 0 && othersPoisoned.missing(others).length === 0,
        'the poison is handled by the harmless listener': effects.missing([poison]).length === 0,
        'the worker was killed several times': worker.deaths >= 2,
        'the poison ends as a poison pill': letters.some(
          ({ listener, cause }) => listener === 'poison' && cause === 'poison-pill',
        ),
        'nothing that ran beside it is given up': letters.length === 1,
      }),
    };
  },
};
