import type { DokuDeadLetter } from 'nestjs-doku';

import type { DeadLettersAnswer, Question } from '../processes/questions.js';
import { faultsOf, type Scenario } from '../scenario.js';
import { RETRY_DELAYS_MS, RETRY_FACTOR } from '../schedules.js';
import { until } from '../until.js';

const EVENTS = 10;
const ATTEMPTS = RETRY_DELAYS_MS.length;

/** How often each listener is run for an event, and why it ends as a dead letter, if it does. */
const EXPECTED: Readonly<Record<string, { runs: number; cause?: DokuDeadLetter['cause'] }>> = {
  steady: { runs: 1 },
  'fails-once': { runs: 2 },
  'fails-5-times': { runs: 6 },
  'throws-non-errors': { runs: 6 },
  'fails-always': { runs: ATTEMPTS, cause: 'attempts-used-up' },
  'never-settles': { runs: ATTEMPTS, cause: 'attempts-used-up' },
  'gives-up': { runs: 1, cause: 'listener-gave-up' },
};
const DEAD = Object.values(EXPECTED).filter(({ cause }) => cause).length * EVENTS;

export const brokenListeners: Scenario = {
  id: 'broken-listeners',
  promise: 'a listener fails 1, 5, ∞ times, throws non-errors, never settles: the others go on',
  play: async (stage) => {
    const receiver = await stage.receiver({
      worker: true,
      listeners: 'broken',
      concurrency: 50,
      listenerTimeoutMs: 300,
      retryDelaysMs: RETRY_DELAYS_MS,
    });
    const sender = await stage.sender();
    const ids = stage.ids(EVENTS);
    const started = performance.now();
    const sent = await sender.send({ ids, ports: [receiver.port], ratePerSecond: 100 });
    const steadyWithin = async (): Promise<number> => {
      await until(
        'the steady listener',
        async () => (await stage.effects.of('steady')).references.size === EVENTS,
        10_000,
      );
      return Math.round(performance.now() - started);
    };
    const deadLetters = async (): Promise<readonly DokuDeadLetter[]> => {
      const question: Question = { ask: 'dead-letters' };
      return ((await receiver.process.ask(question)) as DeadLettersAnswer).deadLetters;
    };
    const steadyMs = await steadyWithin();
    await until('all dead letters', async () => (await deadLetters()).length >= DEAD, 60_000);
    const letters = await deadLetters();
    const runs = await Promise.all(
      Object.entries(EXPECTED).map(async ([listener, expected]) => {
        const { effects } = await stage.effects.of(listener);
        const dead = letters.filter((letter) => letter.listener === listener);
        return { listener, expected, runs: effects.length / EVENTS, dead };
      }),
    );
    return {
      figures: {
        factor: RETRY_FACTOR,
        accepted: sent.accepted.size,
        'steady after ms': steadyMs,
        'dead letters': letters.length,
        runs: runs.map(({ listener, runs: count }) => `${listener}:${count}`).join(' '),
      },
      faults: faultsOf({
        'every one is accepted': sent.accepted.size === EVENTS,
        ...Object.fromEntries(
          runs.flatMap(({ listener, expected, runs: count, dead }) => [
            [`${listener} is run ${expected.runs} times`, count === expected.runs],
            [
              `${listener} ends as it should`,
              expected.cause === undefined
                ? dead.length === 0
                : dead.length === EVENTS && dead.every(({ cause }) => cause === expected.cause),
            ],
          ]),
        ),
      }),
    };
  },
};
