import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import type { DokuOperation } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';

/** A certificate that nobody trusts, made anew; `undefined` where there is no openssl. */
function certificate(): { key: Buffer; cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'doku-https-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    console.warn(
      'the HTTPS tests are skipped: they need the command openssl to make a certificate',
    );
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pair = certificate();
const call: DokuOperation = {
  name: 'test.any',
  method: 'POST',
  path: '/any/v1/thing',
  scheme: 'non-snap',
  effect: 'once',
};

(pair ? describe : describe.skip)('a call over HTTPS', () => {
  let server: Server;
  let library: StartedLibrary;
  let connections = 0;
  let answer = (_request: IncomingMessage, response: ServerResponse): void => {
    response.end('{}');
  };

  beforeAll(async () => {
    server = createServer({ ...pair }, (request, response) => {
      request.resume().on('end', () => {
        answer(request, response);
      });
    }).on('secureConnection', () => (connections += 1));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    library = await startLibrary({ baseUrl: `https://127.0.0.1:${port}` });
  });

  afterAll(async () => {
    await library.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('does not reach a host whose certificate nobody vouches for', async () => {
    await expect(library.client.request(call, {})).rejects.toMatchObject({
      code: 'unavailable',
      outcome: 'definite',
      message: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT/),
    });
  });

  it('keeps its connection, and is never called unsent once DOKU may have it', async () => {
    // The worst case: in such a process a kept TLS connection never tells that it is authorised.
    const { httpsAgent } = library.moduleRef.get(HttpService, { strict: false }).axiosRef
      .defaults as { httpsAgent: Agent };
    httpsAgent.options.rejectUnauthorized = false;
    connections = 0;
    await library.client.request(call, {});
    await library.client.request(call, {});
    expect(connections).toBe(1);

    answer = (request) => {
      request.socket.destroy();
    };
    await expect(library.client.request(call, {})).rejects.toMatchObject({
      code: 'outcome-unknown',
      outcome: 'unknown',
    });
  });
});
