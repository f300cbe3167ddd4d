import type { Scenario } from './scenario.js';
import { brokenListeners } from './scenarios/broken-listeners.js';
import { engineKilled } from './scenarios/engine-killed.js';
import { gracefulOnExpress, gracefulOnFastify } from './scenarios/graceful-stop.js';
import { identicalCopies } from './scenarios/identical-copies.js';
import { everyIdOnce, everyIdThreeTimes, memoryLoses } from './scenarios/killed-at-random.js';
import { poisonListener } from './scenarios/poison-listener.js';
import { takenOver } from './scenarios/taken-over.js';

/** Shows that loss is seen; needs no engine. */
export const COUNTER_PROOF = memoryLoses;

/** What mostly waits, beside the others. */
export const WAITING: readonly Scenario[] = [poisonListener, takenOver];

/** What wants the processor, one after the other. */
export const BUSY: readonly Scenario[] = [
  everyIdOnce,
  everyIdThreeTimes,
  engineKilled,
  identicalCopies,
  brokenListeners,
  gracefulOnExpress,
  gracefulOnFastify,
];
