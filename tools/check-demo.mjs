// Starts the built demo on free ports, asks the shop and the simulator for a page each, has the shop make a
// call with its keys, and stops both. Nothing may be left behind.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, stop, untilItAnswers } from './processes.mjs';

const temporary = await mkdtemp(join(tmpdir(), 'check-demo-'));
const [shop, simulator] = [await freePort(), await freePort()];
const demo = spawn(process.execPath, [join(import.meta.dirname, 'demo.mjs')], {
  env: {
    ...process.env,
    TMPDIR: temporary,
    SHOP_PORT: String(shop),
    SIMULATOR_PORT: String(simulator),
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
let left;
try {
  for (const port of [shop, simulator]) {
    const { status } = await untilItAnswers(`http://127.0.0.1:${port}/`, demo);
    if (status !== 200) throw new Error(`port ${port} answered ${status}`);
  }
  const link = await fetch(`http://127.0.0.1:${shop}/api/allo`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ mobilePhone: '081234567890' }),
  });
  if (!link.ok) throw new Error(`no Allo account can be linked: ${await link.text()}`);
} finally {
  await stop(demo, 'SIGINT').finally(async () => {
    left = await emptied(temporary);
  });
}
if (left.length > 0) throw new Error(`the demo left ${left.join(', ')} behind`);
console.log('The demo starts, answers and stops.');

/** Takes a folder away. @returns what was in it */
async function emptied(folder) {
  const names = await readdir(folder);
  await rm(folder, { recursive: true });
  return names;
}
