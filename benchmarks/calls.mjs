import { fork } from 'node:child_process';
import { createHash, createHmac, createSecretKey, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent } from 'node:http';

import { Test } from '@nestjs/testing';
import axios from 'axios';
import { CimbDirectDebitService, DokuModule } from 'nestjs-doku';

import { alternate, median } from './paired.mjs';

const CALLS = 1_000;
const CONCURRENCY = 16;
const ROUNDS = 12;
const clientId = 'MCH-0001-10791114622547';
const secretKey = 'SK-benchmark-0123456789';

const requestOf = () => ({
  customer: {
    id: 'DOKUxCIMB_UAT_05',
    name: 'Robby',
    phone: '628817219910',
    email: 'wtd@mail.com',
    id_card: '18291829918778',
    country: 'Indonesia',
    address: 'Jl. Menara Mulia',
    date_of_birth: '01-12-2000',
  },
  order: {
    invoice_number: randomUUID(),
    line_items: [
      { name: 'Vitamin C', price: 40_000, quantity: 1 },
      { name: 'Pensil Warna', price: 50_000, quantity: 1 },
    ],
    amount: 90_000,
    session_id: 'SESSION-ID-001',
  },
  payment: { token_id: '287a73836d2d611990affce3b1affc3a' },
});

/**
 * CPU time in microseconds of one call, client side only: the gateway is another process. Several calls are
 * under way at a time, as in a server; one by one, most of the figure would be the process waking up.
 */
async function cpuPerCall(call) {
  let left = CALLS;
  const before = process.cpuUsage();
  const worker = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

/** CPU of a validated, signed and checked payment call over that of raw axios with a bare signature. */
export async function benchCalls() {
  const gateway = fork(new URL('./gateway.mjs', import.meta.url), [secretKey]);
  const [port] = await once(gateway, 'message');
  const baseUrl = `http://127.0.0.1:${port}`;
  const moduleRef = await Test.createTestingModule({
    imports: [
      DokuModule.forRoot({
        clientId,
        secretKey,
        baseUrl,
        http: { verifyResponses: 'strict' },
        notifications: { enabled: false },
      }),
    ],
  })
    .setLogger({ log() {}, warn() {}, error() {}, debug() {}, verbose() {} })
    .compile();
  await moduleRef.init();
  const cimb = moduleRef.get(CimbDirectDebitService, { strict: false });

  const path = '/cimb-direct-debit/v1/payment';
  const key = createSecretKey(Buffer.from(secretKey));
  const agent = new Agent({ keepAlive: true });
  const raw = axios.create({ baseURL: baseUrl, httpAgent: agent, proxy: false, maxRedirects: 0 });
  const rawCall = async () => {
    const body = JSON.stringify(requestOf());
    const requestId = randomUUID();
    const timestamp = `${new Date().toISOString().slice(0, 19)}Z`;
    const digest = createHash('sha256').update(body).digest('base64');
    const text = `Client-Id:${clientId}\nRequest-Id:${requestId}\nRequest-Timestamp:${timestamp}\nRequest-Target:${path}\nDigest:${digest}`;
    const { data } = await raw.post(path, body, {
      headers: {
        'Content-Type': 'application/json',
        'Client-Id': clientId,
        'Request-Id': requestId,
        'Request-Timestamp': timestamp,
        Signature: `HMACSHA256=${createHmac('sha256', key).update(text).digest('base64')}`,
      },
    });
    if (data.payment.status !== 'PENDING') throw new Error('no answer');
  };
  const ourCall = async () => {
    const { payment } = await cimb.createPayment(requestOf());
    if (payment.status !== 'PENDING') throw new Error('no answer');
  };

  for (let round = 0; round < 4; round++)
    for (const call of [ourCall, rawCall]) await cpuPerCall(call);
  const figures = await alternate(
    () => cpuPerCall(ourCall),
    () => cpuPerCall(rawCall),
    ROUNDS,
  );
  agent.destroy();
  await moduleRef.close();
  gateway.disconnect();
  await once(gateway, 'exit');
  return {
    oursUs: median(figures.ours),
    rawUs: median(figures.floor),
    overheadUs: median(figures.ours.map((ours, round) => ours - figures.floor[round])),
    controlUs: median(figures.control.map((again, round) => again - figures.floor[round])),
  };
}
