import { setTimeout as delay } from 'node:timers/promises';

import { everythingHandled } from '../everything-handled.js';
import { faultsOf, type Scenario } from '../scenario.js';

const RATE = 300;
const EXITS_WITHIN_MS = 10_000;
/** Answered, or told that nobody is there. */
const CLEAN = new Set(['200', '503', 'ECONNREFUSED']);
/** The system's own answer to a connection that waited to be accepted when the app stopped to listen. */
const NEVER_ACCEPTED = 'ECONNRESET';
/** As many come in a turn of the event loop; four times as many wait where nobody looks for them. */
const FEW = 15;

function gracefulStop(platform: 'express' | 'fastify'): Scenario {
  return {
    id: `graceful-${platform}`,
    promise: `SIGTERM under 300 req/s on ${platform} cuts off no request, and exits within 10 s`,
    play: async (stage) => {
      const receiver = await stage.receiver({ worker: true, platform });
      const sender = await stage.sender();
      const ids = stage.ids(RATE * (stage.isFull ? 10 : 4));
      const sending = sender.send({
        ids,
        ports: [receiver.port],
        ratePerSecond: RATE,
        attemptsAtMs: [0],
      });
      await delay((ids.length / RATE) * 1_000 * stage.random.between(0.4, 0.6));
      const { ms } = await receiver.process.stop('SIGTERM');
      const sent = await sending;
      // Another process goes on with what was accepted.
      await stage.worker();
      const effects = await everythingHandled(stage, sent.accepted);
      const neverAccepted = sent.attempts.filter(({ answer }) => answer === NEVER_ACCEPTED);
      const unclean = sent.attempts.filter(
        ({ answer }) => !CLEAN.has(answer) && answer !== NEVER_ACCEPTED,
      );
      const lost = effects.missing(sent.accepted).length;
      return {
        figures: {
          sent: sent.attempts.length,
          accepted: sent.accepted.size,
          handled: effects.references.size,
          lost,
          repeated: effects.repeated,
          'exit after ms': Math.round(ms),
          answers: sent.answers,
        },
        faults: faultsOf({
          'every request is answered, or refused before it is sent': unclean.length === 0,
          'only who comes as it stops to listen finds it gone': neverAccepted.length <= FEW,
          'what was never accepted is not handled': neverAccepted.every(
            ({ id }) => !effects.references.has(id),
          ),
          'every accepted id is handled': lost === 0,
          'nothing given back is done twice': effects.repeated === 0,
          'it exits within 10 s': ms <= EXITS_WITHIN_MS,
          'it was under load': sent.accepted.size > 0 && sent.accepted.size < ids.length,
        }),
      };
    },
  };
}

export const gracefulOnExpress = gracefulStop('express');
export const gracefulOnFastify = gracefulStop('fastify');
