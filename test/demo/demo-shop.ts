import { createServer } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DokuSimulator } from 'nestjs-doku-simulator';

import { AppModule } from '../../apps/demo/src/app.module.js';
import { configureApp } from '../../apps/demo/src/configure-app.js';

/** Short, so that a gateway that hangs does not keep a test waiting; long enough for a busy machine. */
const DOKU_TIMEOUT_MS = 1_500;

/** A fault for the simulator's API. */
interface Fault {
  readonly operation: string;
  readonly fault: string;
  readonly times?: number;
  readonly processed?: boolean;
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
  readonly breakNext: (fault: Fault) => Promise<unknown>;
  /** Closes the simulator; nobody listens on its port afterwards. */
  readonly stopSimulator: () => Promise<void>;
  /** Starts another one on that port. It remembers nothing. */
  readonly restartSimulator: (port: number) => Promise<DokuSimulator>;
  readonly stop: () => Promise<void>;
}

/** Starts simulator and shop. */
export async function startDemoShop(): Promise<DemoShop> {
  const shopPort = await freePort();
  const url = `http://127.0.0.1:${shopPort}`;
  const startSimulator = (port: number): Promise<DokuSimulator> =>
    DokuSimulator.start({ port, notificationUrl: `${url}/doku/notifications`, logger: false });
  const simulator = await startSimulator(0);
  const simulators = [simulator];
  const app = await withEnvironment(
    {
      PORT: String(shopPort),
      SHOP_URL: url,
      DOKU_BASE_URL: simulator.url,
      DOKU_TIMEOUT_MS: String(DOKU_TIMEOUT_MS),
    },
    () => startApp(shopPort),
  );
  const tellSimulator: DemoShop['tellSimulator'] = async (path, body, method = 'POST') => {
    const response = await fetch(`${simulator.url}/_simulator/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    url,
    simulator,
    tellSimulator,
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
