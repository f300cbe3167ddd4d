// Starts the built demo on free ports, asks the shop and the simulator for a page each, has the shop make
// calls with its keys, and stops both. Nothing may be left behind, and nothing loaded that is not needed.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, stop, untilItAnswers } from './processes.mjs';

// Nothing of durable delivery may be loaded by a shop that does not use it: bullmq, ioredis and pg are optional.
const WITHOUT_ENGINES = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export function resolve(name, context, next) {
      if (/^(bullmq|ioredis|pg)$/.test(name)) throw new Error(name + ' is loaded without being used');
      return next(name, context);
    }
  \`));
`)}`;

const temporary = await mkdtemp(join(tmpdir(), 'check-demo-'));
const [shop, simulator] = [await freePort(), await freePort()];
const demo = spawn(process.execPath, [join(import.meta.dirname, 'demo.mjs')], {
  env: {
    ...process.env,
    NODE_OPTIONS: `--import=${WITHOUT_ENGINES}`,
    REDIS_URL: '',
    DATABASE_URL: '',
    TMPDIR: temporary,
    SHOP_PORT: String(shop),
    SIMULATOR_PORT: String(simulator),
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
let left;
let cookie;
try {
  for (const port of [shop, simulator]) {
    const { status } = await untilItAnswers(`http://127.0.0.1:${port}/`, demo);
    if (status !== 200) throw new Error(`port ${port} answered ${status}`);
  }
  const mobilePhone = '081234567890';
  await ask(shop, 'POST', '/api/allo', { mobilePhone });
  await openWallet(mobilePhone);
} finally {
  await stop(demo, 'SIGINT').finally(async () => {
    left = await emptied(temporary);
  });
}
if (left.length > 0) throw new Error(`the demo left ${left.join(', ')} behind`);
console.log('The demo starts, answers and stops.');

/** Reads the balance of a wallet, for which both sides need the same key of authCodes. */
async function openWallet(mobilePhone) {
  const approve = async (what, { pageUrl }) => {
    const token = new URL(pageUrl).searchParams.get('token');
    const path = `/_simulator/${what}/${token}/approve`;
    const { redirectUrl } = await ask(simulator, 'POST', path, {});
    const { pathname, search } = new URL(redirectUrl);
    await ask(shop, 'GET', pathname + search);
    return ask(shop, 'GET', '/api/wallet');
  };
  await ask(shop, 'POST', '/api/wallet', { name: 'Budi', email: 'budi@example.com', mobilePhone });
  const opening = await ask(shop, 'POST', '/api/wallet/otp', { otp: '999999' });
  await approve('wallet-registrations', opening);
  const { state, balance } = await approve('bindings', await ask(shop, 'POST', '/api/wallet/link'));
  if (state !== 'linked' || balance === null) throw new Error(`the wallet is ${state}`);
}

/** Asks as one and the same customer, and does not follow a redirect. */
async function ask(port, method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json', Cookie: cookie ?? '' },
    body: body && JSON.stringify(body),
  });
  cookie ??= response.headers.getSetCookie()[0]?.split(';')[0];
  const text = await response.text();
  if (response.status >= 400) throw new Error(`${method} ${path}: ${text}`);
  return response.ok && text !== '' ? JSON.parse(text) : undefined;
}

/** Takes a folder away. @returns what was in it */
async function emptied(folder) {
  const names = await readdir(folder);
  await rm(folder, { recursive: true });
  return names;
}
