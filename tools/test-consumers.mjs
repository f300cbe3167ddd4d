// Packs the built libraries, and proves the tarballs in fresh apps outside the workspace, one per
// supported Nest major and module format.
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';

import { packLibraries } from './packing.mjs';
import { freePort, stop, untilItAnswers } from './processes.mjs';

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
  console.log(`${name}: built, started, tested with Jest, simulator's command started and stopped`);
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

async function npm(cwd, ...args) {
  const { stdout } = await promisify(execFile)('npm', args, { cwd, encoding: 'utf8' });
  return stdout;
}
