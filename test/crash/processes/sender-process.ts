/**
 * Plays DOKU: sends what it is told to, sends again what was not answered 2xx, and keeps the ledger. Told an
 * `Order`, it answers with the `Ledger` when there is nothing left to send.
 */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

import { CREDENTIALS } from './credentials.js';
import type { Attempt, Ledger, Order } from './sender-messages.js';

const NO_ANSWER_AFTER_MS = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

process.on('message', (order: Order) => {
  void sendAll(order).then((ledger) => process.send?.(ledger));
});
process.on('disconnect', () => {
  process.exit();
});
process.send?.({ ready: true });

async function sendAll({ ids, ports, ratePerSecond, attemptsAtMs }: Order): Promise<Ledger> {
  const started = performance.now();
  const attempts: Attempt[] = [];
  const sendings = ids.map(async (id, index) => {
    await delay(started + (index / ratePerSecond) * 1_000 - performance.now());
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
  const at = Date.now();
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
    posted.on('timeout', () => posted.destroy(new Error('no answer')));
    posted.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    posted.end(body);
  });
  return { id, at, ms: Date.now() - at, answer };
}
