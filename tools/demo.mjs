// Starts the simulator and the shop side by side, and stops both together: `npm run demo`, after a build.
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';

const DIST = join(import.meta.dirname, '..', 'dist', 'apps');
const HOST = '127.0.0.1';
const START_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 5_000;

const shopPort = readPort('SHOP_PORT', process.env.SHOP_PORT ?? process.env.PORT, 3000);
const simulatorPort = readPort('SIMULATOR_PORT', process.env.SIMULATOR_PORT, 4010);
const shopUrl = `http://${HOST}:${shopPort}`;
const simulatorUrl = `http://${HOST}:${simulatorPort}`;

// SNAP needs a pair of RSA keys on each side. These are new each time; both programs read them as they start.
const keys = {
  folder: undefined,
  path: (name) => join(keys.folder, name),
  make() {
    // Readable by its owner only, and so is what is in it.
    keys.folder = mkdtempSync(join(tmpdir(), 'nestjs-doku-demo-'));
    for (const owner of ['merchant', 'doku']) {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      });
      writeFileSync(keys.path(`${owner}-private.pem`), privateKey, { mode: 0o600 });
      writeFileSync(keys.path(`${owner}-public.pem`), publicKey, { mode: 0o600 });
    }
  },
  remove() {
    if (keys.folder !== undefined) rmSync(keys.folder, { recursive: true, force: true });
  },
};

// Both programs know it: what one encrypts for the wallet the other decrypts.
const authCodeSecretKey = randomBytes(16).toString('hex');

// The shop reads both itself, and says more on its page. A URL may hold a password, so it is not shown.
const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl } = process.env;
if (redisUrl && databaseUrl) {
  fail('REDIS_URL and DATABASE_URL are both set. Unset one: events have one place.');
}
const delivery = redisUrl
  ? 'durable, on Redis (REDIS_URL)'
  : databaseUrl
    ? 'durable, on PostgreSQL (DATABASE_URL)'
    : 'inline (durable with REDIS_URL or DATABASE_URL)';

const parts = [
  {
    name: 'simulator',
    port: simulatorPort,
    portVariable: 'SIMULATOR_PORT',
    main: join(DIST, 'simulator', 'apps', 'simulator', 'src', 'main.js'),
    args: () => [
      ...['--merchant-public-key', keys.path('merchant-public.pem')],
      ...['--doku-private-key', keys.path('doku-private.pem')],
      ...['--token-url', `${shopUrl}/doku/authorization/v1/access-token/b2b`],
      ...['--snap-notification-url', `${shopUrl}/doku/v1.0/debit/notify`],
    ],
    env: () => ({
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_HOST: HOST,
      SIMULATOR_PUBLIC_URL: simulatorUrl,
      DOKU_NOTIFICATION_URL: `${shopUrl}/doku/notifications`,
      DOKU_AUTH_CODE_SECRET_KEY: authCodeSecretKey,
    }),
  },
  {
    name: 'shop',
    port: shopPort,
    portVariable: 'SHOP_PORT',
    main: join(DIST, 'demo', 'apps', 'demo', 'src', 'main.js'),
    args: () => [],
    env: () => ({
      PORT: String(shopPort),
      HOST,
      SHOP_URL: shopUrl,
      DOKU_BASE_URL: simulatorUrl,
      DOKU_AUTH_CODE_SECRET_KEY: authCodeSecretKey,
      MERCHANT_PRIVATE_KEY_FILE: keys.path('merchant-private.pem'),
      DOKU_PUBLIC_KEY_FILE: keys.path('doku-public.pem'),
      // With durable delivery, how soon an open payment is asked for: DOKU wants a minute, the simulator none.
      DOKU_QUERY_DELAYS_MS: process.env.DOKU_QUERY_DELAYS_MS ?? '5000,10000,20000,60000,300000',
    }),
  },
];

// Run in each child before its own code: the channel breaks when this process dies, however it dies.
const PARENT_WATCH = `data:text/javascript,${encodeURIComponent(
  "process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.connected || process.exit(1); process.channel?.unref();",
)}`;

const children = new Map();
let stopping;

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
process.on('SIGHUP', () => void stop(0));
process.on('exit', () => keys.remove());

await start();

async function start() {
  for (const { main } of parts) {
    if (!existsSync(main)) fail(`${main} is missing. Run "npm run build" first.`);
  }
  if (shopPort === simulatorPort) {
    fail('SHOP_PORT and SIMULATOR_PORT are the same. Give them different ports.');
  }
  for (const { name, port, portVariable } of parts) {
    if (!(await isFree(port))) {
      fail(`Port ${port} of the ${name} is taken. Set ${portVariable} to another one.`);
    }
  }
  keys.make();
  for (const part of parts) launch(part);
  await Promise.all(parts.map(untilItAnswers));
  // They have been read: from now on nothing is left behind, however this ends.
  keys.remove();
  if (stopping) return;
  console.log(`
  Shop          ${shopUrl}
  Simulator     ${simulatorUrl}
  Events        ${delivery}

  CIMB card     OTP 999999
  BRI card      any card number, OTP 999999
  Allo Bank     OTP 999999, PIN 123456
  KKI card      any card number, OTP 99999999
  DOKU Wallet   OTP 999999, PIN 123456

  Ctrl-C stops both.
`);
}

function launch({ name, main, args, env }) {
  if (stopping) return;
  const child = spawn(process.execPath, ['--import', PARENT_WATCH, main, ...args()], {
    env: { ...process.env, ...env() },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A process group of its own: Ctrl-C reaches this process alone, which stops both in order.
    detached: true,
  });
  children.set(name, child);
  child.once('error', (error) => {
    children.delete(name);
    console.error(`The ${name} cannot be started: ${error.message}`);
    void stop(1);
  });
  child.once('exit', (code, signal) => {
    children.delete(name);
    if (stopping) return;
    console.error(`The ${name} has ended (${signal ?? `exit code ${code}`}), so the demo stops.`);
    void stop(1);
  });
}

async function untilItAnswers({ name, port, portVariable }) {
  const giveUpAt = Date.now() + START_WITHIN_MS;
  while (!stopping && !(await isAnswering(port))) {
    if (Date.now() > giveUpAt) {
      console.error(`The ${name} does not answer on port ${port} (${portVariable}).`);
      await stop(1);
      return;
    }
    await wait(100);
  }
}

/** Ends every child, by force if it takes too long, and then this process. */
function stop(code) {
  stopping ??= (async () => {
    const ended = [...children.values()].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve);
          child.kill('SIGTERM');
        }),
    );
    const timer = setTimeout(() => {
      for (const child of children.values()) child.kill('SIGKILL');
    }, STOP_WITHIN_MS);
    await Promise.all(ended);
    clearTimeout(timer);
    process.exit(code);
  })();
  return stopping;
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

function isAnswering(port) {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function readPort(name, text, fallback) {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port;
  return fail(`${name} must be a port from 1 to 65535, not "${text}".`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
