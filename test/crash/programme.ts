import type { Scenario } from './scenario.js';
import { brokenListeners } from './scenarios/broken-listeners.js';
import { engineKilled } from './scenarios/engine-killed.js';
import { gracefulOnExpress, gracefulOnFastify } from './scenarios/graceful-stop.js';
import { identicalCopies } from './scenarios/identical-copies.js';
import { everyIdOnce, everyIdThreeTimes, memoryLoses } from './scenarios/killed-at-random.js';
import { poisonListener } from './scenarios/poison-listener.js';
import { callerKilled, notificationsDropped } from './scenarios/reconciliation.js';
import { takenOver } from './scenarios/taken-over.js';

/** Shows that loss is seen; needs no engine. */
export const COUNTER_PROOF = memoryLoses;

/** Of each engine: lanes run side by side, the scenarios of a lane one after the other. */
export const LANES: readonly (readonly Scenario[])[] = [
  [
    everyIdOnce,
    everyIdThreeTimes,
    engineKilled,
    identicalCopies,
    brokenListeners,
    gracefulOnExpress,
    gracefulOnFastify,
    notificationsDropped,
  ],
  // These mostly wait until the jobs of the dead are taken over.
  [takenOver, callerKilled],
];

/** Waits for minutes, until a worker has died often enough: only in the long form, or by name. */
export const LONG_LANES: readonly (readonly Scenario[])[] = [[poisonListener]];
