// Plays DOKU in a process of its own: posts batches of signed notifications over kept connections.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const [clientId, secretKey] = process.argv.slice(2);
const CONNECTIONS = 32;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function signed(path) {
  const body = JSON.stringify({
    service: { id: 'DIRECT_DEBIT' },
    acquirer: { id: 'CIMB' },
    channel: { id: 'DIRECT_DEBIT_CIMB' },
    transaction: {
      status: 'SUCCESS',
      date: '2026-01-01T00:00:00Z',
      original_request_id: randomUUID(),
    },
    order: { invoice_number: randomUUID(), amount: 90_000 },
  });
  const requestId = randomUUID();
  const timestamp = '2026-01-01T00:00:00Z';
  const digest = createHash('sha256').update(body).digest('base64');
  const text = `Client-Id:${clientId}\nRequest-Id:${requestId}\nRequest-Timestamp:${timestamp}\nRequest-Target:${path}\nDigest:${digest}`;
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Timestamp': timestamp,
      Signature: `HMACSHA256=${createHmac('sha256', secretKey).update(text).digest('base64')}`,
    },
  };
}

const post = (port, path, { body, headers }) =>
  new Promise((resolve, reject) => {
    request({ port, path, method: 'POST', headers, agent, host: '127.0.0.1' }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`HTTP ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end(body);
  });

/** As fast as answers come, or with `perSecond` at a rate that leaves nothing waiting. */
process.on('message', async ({ port, path, count, perSecond = Infinity }) => {
  const batch = Array.from({ length: count }, () => signed(path));
  const started = process.hrtime.bigint();
  const startedAt = performance.now();
  const worker = async () => {
    for (let next = batch.pop(); next; next = batch.pop()) {
      const at = startedAt + ((count - batch.length - 1) / perSecond) * 1_000;
      if (at > performance.now()) await delay(at - performance.now());
      await post(port, path, next);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  process.send(count / (Number(process.hrtime.bigint() - started) / 1e9));
});

process.on('disconnect', () => process.exit());
