// Starts the built demo on free ports, asks the shop and the simulator for a page each, and stops both.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { freePort, stop, untilItAnswers } from './processes.mjs';

const [shop, simulator] = [await freePort(), await freePort()];
const demo = spawn(process.execPath, [join(import.meta.dirname, 'demo.mjs')], {
  env: { ...process.env, SHOP_PORT: String(shop), SIMULATOR_PORT: String(simulator) },
  stdio: ['ignore', 'inherit', 'inherit'],
});
try {
  for (const port of [shop, simulator]) {
    const { status } = await untilItAnswers(`http://127.0.0.1:${port}/`, demo);
    if (status !== 200) throw new Error(`port ${port} answered ${status}`);
  }
} finally {
  await stop(demo, 'SIGINT');
}
console.log('The demo starts, answers and stops.');
