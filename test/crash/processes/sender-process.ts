/**
 * Plays DOKU: sends what it is told to, sends again what was not answered 2xx, and keeps the ledger. Told an
 * `Order`, it answers with the `Ledger` when there is nothing left to send; told `Enough`, it begins nothing new.
 */
import { setMaxListeners } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

import { CREDENTIALS } from './credentials.js';
import type { Attempt, Enough, Ledger, Order } from './sender-messages.js';
import { announceReady, readSetup } from './setup.js';

const NO_ANSWER_AFTER_MS = 10_000;

await readSetup();
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const enough = new AbortController();
setMaxListeners(0, enough.signal);

process.on('message', (message: Order | Enough) => {
  if ('enough' in message) enough.abort();
  else void sendAll(message).then((ledger) => process.send?.(ledger));
});
announceReady();

async function sendAll({ ids, ports, ratePerSecond, attemptsAtMs }: Order): Promise<Ledger> {
  const started = performance.now();
  const attempts: Attempt[] = [];
  const sendings = ids.map(async (id, index) => {
    const wait = started + (index / ratePerSecond) * 1_000 - performance.now();
    await delay(wait, undefined, enough).catch(() => undefined);
    if (enough.signal.aborted) return;
    const first = performance.now();
    for (const [number, at] of attemptsAtMs.entries()) {
      await delay(first + at - performance.now());
      const port = ports[(index + number) % ports.length] ?? 0;
      const attempt = await send(id, port);
      attempts.push(attempt);
      if (attempt.answer === '200') return;
    }
  });
  await Promise.all(sendings);
  return { attempts };
}

/** A copy has a transport id of its own; the fact is that of the id. */
async function send(id: string, port: number): Promise<Attempt> {
  const payload = dokuNotificationFixtures.paymentSucceeded({
    invoiceNumber: id,
    originalRequestId: id,
    date: '2026-01-01T00:00:00Z',
  });
  const { headers, body } = signDokuNotification({ ...CREDENTIALS, payload });
  let at = Date.now();
  const answer = await new Promise<string>((resolve) => {
    const posted = request(
      {
        host: '127.0.0.1',
        port,
        path: '/doku/notifications',
        method: 'POST',
        agent,
        timeout: NO_ANSWER_AFTER_MS,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => {
          resolve(String(response.statusCode));
        });
        response.on('error', (error: NodeJS.ErrnoException) => {
          resolve(`cut off (${error.code ?? error.message})`);
        });
      },
    );
    posted.on('socket', () => {
      // The wait for a connection of this process is not the receiver's doing.
      at = Date.now();
    });
    posted.on('timeout', () => posted.destroy(new Error('no answer')));
    posted.on('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that is closed while a request is on its way is the server's doing.
      resolve(`${error.code ?? error.message}${posted.reusedSocket ? ' (kept connection)' : ''}`);
    });
    posted.end(body);
  });
  return { id, at, ms: Date.now() - at, answer };
}
