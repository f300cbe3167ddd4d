/**
 * The world outside: keeps every effect that a listener had, and is never killed. Told by HTTP:
 * `POST /<run>` adds one, `GET /<run>` gives all of a run.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import type { Effect, ReportedEffect } from './effect.js';

const runs = new Map<string, Effect[]>();

const server = createServer((request, response) => {
  const run = request.url ?? '';
  if (request.method === 'GET') {
    response.end(JSON.stringify(runs.get(run) ?? []));
    return;
  }
  json(request).then(
    (effect) => {
      const effects = runs.get(run) ?? [];
      runs.set(run, effects);
      effects.push({ ...(effect as ReportedEffect), at: Date.now() });
      response.writeHead(204).end();
    },
    // Killed while it told.
    () => response.destroy(),
  );
});
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => {
  process.send?.({ ready: true, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('disconnect', () => {
  process.exit();
});
