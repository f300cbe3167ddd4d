// Packs the built libraries, and proves the tarballs in fresh apps outside the workspace, one per
// supported Nest major and module format.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';

import { EngineNamespace } from './engine-namespace.mjs';
import { packLibraries } from './packing.mjs';
import { freePort, stop, untilItAnswers } from './processes.mjs';

/** What `durable.ts` tells, but for the engine. */
const DELIVERED = { statuses: [200, 200], references: ['INV-DURABLE'], health: 'up' };
/** Of one command; an app that does not end would hang for ever. */
const LONGEST_MS = 300_000;
const DEFAULT_PORTS = { redis: 6379, postgresql: 5432 };
const consumers = join(import.meta.dirname, '../test/consumers');

const work = realpathSync(mkdtempSync(join(tmpdir(), 'consumers-')));
try {
  const tarballs = Object.values(packLibraries(join(work, 'tarballs')));
  const apps = readdirSync(consumers, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  // Installing waits for the network most of the time.
  const outcomes = await Promise.allSettled(apps.map(({ name }) => proveApp(name, tarballs)));
  let failed = 0;
  outcomes.forEach(({ status, reason }, index) => {
    if (status === 'fulfilled') return;
    failed++;
    console.error(
      `${apps[index].name} failed: ${reason.stdout ?? ''}${reason.stderr ?? ''}`,
      reason,
    );
  });
  console.log(`${apps.length - failed} consumers passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}

async function proveApp(name, tarballs) {
  const app = join(work, name);
  cpSync(join(consumers, name), app, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|package-lock\.json)$/.test(path),
  });
  cpSync(join(consumers, 'roundtrip.ts'), join(app, 'src/roundtrip.ts'));
  await npm(app, 'install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs);
  await npm(app, 'run', 'build');
  const { result, expected } = JSON.parse(await npm(app, 'run', '--silent', 'start'));
  console.log(name, JSON.stringify(result));
  if (!isDeepStrictEqual(result, expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}`);
  }
  await npm(app, 'test');
  await proveCommand(app);
  const engines = await proveDurable(app);
  console.log(
    `${name}: built, started, tested with Jest, simulator's command started and stopped, delivered durably on ${engines}`,
  );
}

/** Installs the optional peers, and has a notification kept and heard, on each engine that is there. */
async function proveDurable(app) {
  cpSync(join(consumers, 'durable.ts'), join(app, 'src/durable.ts'));
  const { optionalPeers } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const packages = Object.entries(optionalPeers).map(([name, range]) => `${name}@${range}`);
  await npm(app, 'install', '--no-audit', '--no-fund', '--loglevel=error', ...packages);
  await npm(app, 'run', 'build');
  const proved = [];
  for (const engine of ['redis', 'postgresql']) {
    const place = new EngineNamespace(engine);
    if (!(await answers(place))) continue;
    try {
      const outcome = JSON.parse(
        await node(app, 'dist/durable.js', place.connection, place.namespace),
      );
      if (!isDeepStrictEqual(outcome, { ...DELIVERED, engine })) {
        throw new Error(`on ${engine}: ${JSON.stringify(outcome)}`);
      }
      proved.push(engine);
    } finally {
      await place.remove();
    }
  }
  return proved.join(' and ') || 'no engine';
}

async function answers({ engine, connection }) {
  const { hostname, port } = new URL(connection);
  const socket = connect(Number(port) || DEFAULT_PORTS[engine], hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    if (process.env.REQUIRE_ENGINES === '1') throw error;
    console.log(`not proved on ${engine}: nothing answers at ${hostname}`);
    return false;
  } finally {
    socket.destroy();
  }
}

/** Starts the simulator's command, asks it something and stops it. */
async function proveCommand(app) {
  const port = await freePort();
  // Not through npx, which would keep the signal to itself.
  const bin = join(app, 'node_modules/.bin/nestjs-doku-simulator');
  const command = spawn(bin, ['--port', String(port)], {
    cwd: app,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const url = `http://127.0.0.1:${port}/_simulator/doku-public-key`;
    const { publicKey } = await (await untilItAnswers(url, command)).json();
    if (!publicKey.startsWith('-----BEGIN PUBLIC KEY-----')) throw new Error(`got ${publicKey}`);
  } finally {
    await stop(command, 'SIGTERM');
  }
}

function npm(cwd, ...args) {
  return run('npm', cwd, args);
}

function node(cwd, ...args) {
  return run(process.execPath, cwd, args);
}

async function run(program, cwd, args) {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd,
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  return stdout;
}
