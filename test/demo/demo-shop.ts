import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DokuSimulator } from 'nestjs-doku-simulator';

import { AppModule } from '../../apps/demo/src/app.module.js';
import { configureApp } from '../../apps/demo/src/configure-app.js';
import type { EngineNamespace } from '../harness/engines.js';
import { freePort } from '../harness/free-port.js';

/** Short, so that a gateway that hangs does not keep a test waiting; long enough for a busy machine. */
const DOKU_TIMEOUT_MS = 1_500;

/** How soon an open payment is asked for, by a shop with durable delivery. */
const QUERY_DELAYS_MS = '300,600,1000';

/** Not the simulator's own, so that a shop which does not read its setting fails. */
const AUTH_CODE_SECRET_KEY = 'auth-code-key-of-tests-32-chars!';

/** RSA keys take a while to make, and these open nothing: one pair each for all shops of a test file. */
const MERCHANT_KEYS = generateKeys();
const DOKU_KEYS = generateKeys();

/** A fault for the simulator's API. */
interface Fault {
  readonly operation: string;
  readonly fault: string;
  readonly times?: number;
  readonly processed?: boolean;
  readonly responseCode?: string;
}

/** A call that the simulator was sent. */
interface RecordedRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly body: string;
}

/** The demo as `npm run demo` starts it, in this process and on free ports. */
export interface DemoShop {
  readonly url: string;
  readonly simulator: DokuSimulator;
  /** Calls the simulator's own API. */
  readonly tellSimulator: (
    path: string,
    body: object,
    method?: 'POST' | 'DELETE',
  ) => Promise<unknown>;
  /** Asks the simulator's own API. */
  readonly askSimulator: (path: string) => Promise<unknown>;
  readonly requestsOf: (operation: string) => Promise<readonly RecordedRequest[]>;
  readonly breakNext: (fault: Fault) => Promise<unknown>;
  /** Closes the simulator; nobody listens on its port afterwards. */
  readonly stopSimulator: () => Promise<void>;
  /** Starts another one on that port. It remembers nothing. */
  readonly restartSimulator: (port: number) => Promise<DokuSimulator>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts simulator and shop.
 *
 * @param place where the shop keeps its events; inline without one
 */
export async function startDemoShop(place?: EngineNamespace): Promise<DemoShop> {
  const shopPort = await freePort();
  const url = `http://127.0.0.1:${shopPort}`;
  const startSimulator = (port: number): Promise<DokuSimulator> =>
    DokuSimulator.start({
      port,
      notificationUrl: `${url}/doku/notifications`,
      merchantPublicKey: MERCHANT_KEYS.publicKey,
      dokuPrivateKey: DOKU_KEYS.privateKey,
      tokenUrl: `${url}/doku/authorization/v1/access-token/b2b`,
      snapNotificationUrl: `${url}/doku/v1.0/debit/notify`,
      authCodeSecretKey: AUTH_CODE_SECRET_KEY,
    });
  const simulator = await startSimulator(await freePort());
  const simulators = [simulator];
  const app = await withKeyFiles((keyFiles) =>
    withEnvironment(
      {
        ...keyFiles,
        PORT: String(shopPort),
        SHOP_URL: url,
        DOKU_BASE_URL: simulator.url,
        DOKU_AUTH_CODE_SECRET_KEY: AUTH_CODE_SECRET_KEY,
        DOKU_TIMEOUT_MS: String(DOKU_TIMEOUT_MS),
        DOKU_STATUS_AFTER_MS: '0',
        DOKU_QUERY_DELAYS_MS: QUERY_DELAYS_MS,
        // Whatever the tests of the library use.
        REDIS_URL: place?.engine === 'redis' ? place.connection : '',
        DATABASE_URL: place?.engine === 'postgresql' ? place.connection : '',
        EVENTS_NAMESPACE: place?.namespace ?? '',
      },
      () => startApp(shopPort),
    ),
  );
  const callSimulator = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/_simulator/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const tellSimulator: DemoShop['tellSimulator'] = (path, body, method = 'POST') =>
    callSimulator(method, path, method === 'POST' ? body : undefined);
  return {
    url,
    simulator,
    tellSimulator,
    askSimulator: (path) => callSimulator('GET', path),
    requestsOf: async (operation) =>
      (await callSimulator('GET', `requests?operation=${operation}`)) as RecordedRequest[],
    breakNext: (fault) => tellSimulator('faults', { times: 1, ...fault }),
    stopSimulator: () => simulator.stop(),
    restartSimulator: async (port) => {
      const another = await startSimulator(port);
      simulators.push(another);
      return another;
    },
    stop: async () => {
      await app.close();
      for (const each of simulators) await each.stop();
      await place?.remove();
    },
  };
}

async function startApp(port: number): Promise<INestApplication> {
  const app = configureApp(
    await NestFactory.create(AppModule, { logger: false, abortOnError: false }),
  );
  await app.listen(port, '127.0.0.1');
  return app;
}

function generateKeys(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** The shop reads its keys while it starts, and the files are gone afterwards. */
async function withKeyFiles<Result>(
  start: (variables: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-shop-'));
  try {
    const merchant = join(folder, 'merchant.pem');
    const doku = join(folder, 'doku.pub.pem');
    await writeFile(merchant, MERCHANT_KEYS.privateKey, { mode: 0o600 });
    await writeFile(doku, DOKU_KEYS.publicKey, { mode: 0o600 });
    return await start({ MERCHANT_PRIVATE_KEY_FILE: merchant, DOKU_PUBLIC_KEY_FILE: doku });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The shop reads its environment while it starts, and not later. */
async function withEnvironment<Result>(
  variables: Readonly<Record<string, string>>,
  start: () => Promise<Result>,
): Promise<Result> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await start();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
