import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describeWith, urlOf } from '../harness/engines.js';
import { CREDENTIALS } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const ROUNDS = 60;
const CALLS = 32;

const processes = new URL('../processes/', import.meta.url);

(await describeWith('redis'))('Two processes with one client id', () => {
  let doku: SimulatedDoku;
  let workers: ChildProcess[];

  beforeAll(async () => {
    doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    workers = [startProcess(), startProcess()];
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  }, 30_000);

  afterAll(async () => {
    for (const worker of workers) worker.disconnect();
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    await doku.stop();
  });

  function startProcess(): ChildProcess {
    return fork(fileURLToPath(new URL('token-process.ts', processes)), {
      execArgv: ['--import', new URL('typescript.mjs', processes).href],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        BASE_URL: doku.url,
        CLIENT_ID: CREDENTIALS.clientId,
        SECRET_KEY: CREDENTIALS.secretKey,
        PRIVATE_KEY: MERCHANT_PRIVATE_KEY.export({ type: 'pkcs8', format: 'pem' }).toString(),
        REDIS_URL: urlOf('redis'),
      },
    });
  }

  async function makeCalls(worker: ChildProcess): Promise<string[]> {
    worker.send({ calls: CALLS });
    const [{ failures }] = (await once(worker, 'message')) as [{ failures: string[] }];
    return failures;
  }

  it(`fail no call and ask for one token a round, over ${ROUNDS} rounds in which DOKU takes only the newest`, async () => {
    const failures: string[] = [];
    const requestsOfRounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = (await doku.counters('snap.b2bToken')).processed;
      failures.push(...(await Promise.all(workers.map(makeCalls))).flat());
      requestsOfRounds.push((await doku.counters('snap.b2bToken')).processed - before);
      await doku.post('/tokens/revoke', { kind: 'b2b' });
    }
    expect(failures).toEqual([]);
    expect(requestsOfRounds).toEqual(Array.from({ length: ROUNDS }, () => 1));
  }, 120_000);
});
