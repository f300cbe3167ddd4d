/**
 * `npm run test:crash`: kills what a business could see killed, on servers of its own, and counts what is lost.
 * `-- --full` for the long form, `--engine`, `--only` (an id) and `--seed` to look into something.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { ENGINES, type EngineName } from '../harness/engine-names.js';
import { BUSY, COUNTER_PROOF, WAITING } from './programme.js';
import { Report } from './report.js';
import type { Scenario } from './scenario.js';
import { DOKU_FACTOR, RETRY_FACTOR } from './schedules.js';
import { SeededRandom } from './seeded-random.js';
import { canStart, startServer } from './servers/create-server.js';
import type { EngineServer } from './servers/engine-server.js';
import { Stage } from './stage.js';
import { SupervisedProcess } from './supervised-process.js';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    engine: { type: 'string' },
    only: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});
const seed = Number(values.seed);
const report = new Report();

// Servers and folders are removed as the process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => process.exit(1));
}

console.log(
  `crash tests, ${values.full ? 'long' : 'short'} form, seed ${seed}; ` +
    `DOKU's schedule ÷ ${DOKU_FACTOR}, that of retries ÷ ${RETRY_FACTOR}`,
);
const engines = ENGINES.filter(isPlayed);
const effects = await SupervisedProcess.start('effects-process');
const servers = await Promise.all(engines.map(startServer));
try {
  const [first] = servers;
  if (first) await playAll([COUNTER_PROOF], first, () => 'memory');
  await Promise.all(servers.map(playEngine));
} finally {
  await Promise.all(servers.map((server) => server.remove()));
  await effects.stop('SIGKILL');
}
if (!report.conclude()) process.exitCode = 1;

function isPlayed(engine: EngineName): boolean {
  if (values.engine !== undefined && values.engine !== engine) return false;
  if (canStart(engine) || process.env.REQUIRE_ENGINES === '1') return true;
  console.log(`skipped ${engine}: its server is not installed`);
  return false;
}

async function playEngine(server: EngineServer): Promise<void> {
  const nameOf = (): string => server.engine;
  await Promise.all([
    ...WAITING.map((scenario) => playAll([scenario], server, nameOf)),
    playAll(BUSY, server, nameOf),
  ]);
}

async function playAll(
  scenarios: readonly Scenario[],
  server: EngineServer,
  nameOf: () => string,
): Promise<void> {
  for (const scenario of scenarios) {
    if (values.only === undefined || values.only.includes(scenario.id)) {
      await play(scenario, server, nameOf());
    }
  }
}

async function play(scenario: Scenario, server: EngineServer, subject: string): Promise<void> {
  const stage = new Stage({
    run: `${scenario.id}-${server.engine}`,
    server,
    effectsUrl: String(effects.greeting.url),
    random: new SeededRandom(seed),
    isFull: values.full,
  });
  const started = performance.now();
  try {
    const finding = await scenario.play(stage);
    report.add(subject, scenario, finding, performance.now() - started);
  } catch (error) {
    const faults = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    report.add(subject, scenario, { figures: {}, faults }, performance.now() - started);
  } finally {
    await stage.close();
  }
}
