import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type INestApplication, Injectable } from '@nestjs/common';
import { OnDokuEvent } from 'nestjs-doku';
import { dokuSnapNotificationFixtures } from 'nestjs-doku/testing';

import type { DeliveryOutcome } from '../../libs/doku/src/notifications/delivery-outcome.js';
import { InlineDelivery } from '../../libs/doku/src/notifications/inline-delivery.js';
import { ListenerRegistry } from '../../libs/doku/src/notifications/listener.registry.js';
import { HeardDiagnostics } from '../harness/diagnostics.js';
import { eventually } from '../harness/eventually.js';
import { FakeDurableDelivery } from '../harness/fake-durable-delivery.js';
import { HostApp, type HostAppSetup, without } from '../harness/host-app.js';
import { DOKU_KEYS, NON_SNAP, SCHEMES, SNAP, TOKEN_PATH } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const script = { run: (): unknown => undefined };

@Injectable()
class Orders {
  @OnDokuEvent('*')
  markPaid(): unknown {
    return script.run();
  }
}

const REFUSED = 'nestjs-doku:notification.refused';
const FACTS = {
  id: expect.stringMatching(/^[0-9a-f]{64}$/),
  type: 'payment.succeeded',
  source: 'notification',
  channel: expect.stringMatching(/-direct-debit$/),
  merchant: 'default',
};
const duration: unknown = expect.any(Number);

let told: HeardDiagnostics;
let host: HostApp;

async function start(setup: Partial<HostAppSetup> = {}): Promise<void> {
  host = await HostApp.start({
    platform: 'express',
    providers: [Orders],
    options: {
      dokuPublicKey: DOKU_KEYS.publicKey,
      merchants: { second: { clientId: 'MCH-2', secretKey: 'SK-second-222' } },
    },
    ...setup,
  });
}

beforeEach(() => {
  script.run = () => undefined;
  told = new HeardDiagnostics();
});

afterEach(async () => {
  told.stop();
  await host.close();
});

describe.each(SCHEMES)('diagnostics of a $name notification', (scheme) => {
  const notify = (payload: unknown = scheme.payment()) => host.notify({ payload }, scheme);

  it('tell of a delivery and of a duplicate', async () => {
    await start();
    const payload = scheme.payment();

    await notify(payload);
    await notify(payload);

    expect(told.channels).toEqual([
      'listener.delivered',
      'notification.accepted',
      'notification.duplicate',
    ]);
    expect(told.on('nestjs-doku:notification.accepted')).toEqual([
      { event: FACTS, durationMs: duration },
    ]);
    expect(told.on('nestjs-doku:notification.duplicate')).toEqual([{ event: FACTS }]);
    expect(told.on('nestjs-doku:listener.delivered')).toEqual([
      {
        event: FACTS,
        listener: 'Orders.markPaid',
        attempt: 1,
        durationMs: duration,
        lagMs: duration,
      },
    ]);
  });

  it('tell of a listener that fails, and of the attempt that succeeds', async () => {
    await start();
    const payload = scheme.payment();
    script.run = () => Promise.reject(new Error('secret-of-the-app'));
    await notify(payload);
    script.run = () => undefined;
    await notify(payload);

    expect(told.on('nestjs-doku:listener.failed')).toEqual([
      { event: FACTS, listener: 'Orders.markPaid', attempt: 1, durationMs: duration },
    ]);
    expect(told.on(REFUSED)).toEqual([
      { cause: 'a listener has not succeeded', merchant: 'default', status: 500 },
    ]);
    expect(told.on('nestjs-doku:listener.delivered')).toMatchObject([{ attempt: 2 }]);
    expect(told.text).not.toContain('secret-of-the-app');
  });

  it('tell once of a listener that uses up its time, and of its late success', async () => {
    await start({ notifications: { listenerDeadlineMs: 30 } });
    let finish = (): void => undefined;
    script.run = () => new Promise<void>((resolve) => (finish = resolve));
    await notify();
    expect(told.channels).toEqual(['listener.failed', 'notification.refused']);

    finish();

    await eventually(() => told.channels.includes('listener.delivered'));
    expect(told.on('nestjs-doku:listener.delivered')).toMatchObject([{ attempt: 1 }]);
  });

  it('tell once of a listener that uses up its time, and fails later', async () => {
    await start({ notifications: { listenerDeadlineMs: 30 } });
    let fail = (): void => undefined;
    script.run = () =>
      new Promise<void>((_resolve, reject) => {
        fail = () => {
          reject(new Error('too late'));
        };
      });
    await notify();

    fail();

    await eventually(() => host.logs.matching(/too late/).length === 1);
    expect(told.on('nestjs-doku:listener.failed')).toHaveLength(1);
  });

  it.each([
    ['of an unknown merchant', { clientId: 'MCH-unknown' }, undefined, /^unknown/, 401],
    [
      'with a wrong signature',
      { secretKey: 'SK-wrong' },
      'default',
      /^the signature does not/,
      401,
    ],
    ['that is not JSON', { payload: '{' }, 'default', /^the body is not JSON$/, 400],
    [
      'that is too old',
      { timestamp: '2026-01-01T00:00:00+07:00' },
      'default',
      /^the timestamp is \d+ s old$/,
      400,
    ],
    ['that is too large', { payload: 'x'.repeat(70_000) }, undefined, /^the body is larger/, 413],
    ['of another merchant', { clientId: 'MCH-2' }, 'second', /^the signature does not/, 401],
  ])('tell why one %s is refused', async (_what, input, merchant, cause, status) => {
    await start({ notifications: { timestampWindow: 'enforce' } });
    const answer = await host.notify(input, scheme);

    expect(answer.status).toBe(status);
    expect(told.channels).toEqual(['notification.refused']);
    expect(told.on(REFUSED)).toEqual([{ cause: expect.stringMatching(cause), merchant, status }]);
  });

  it.each<[DeliveryOutcome, number, string]>([
    ['unavailable', 503, 'the event could not be queued'],
    ['unheard', 500, 'nothing listens to the event'],
  ])('tell of one that a durable delivery finds %s', async (outcome, status, cause) => {
    const delivery = new FakeDurableDelivery();
    delivery.outcome = outcome;
    await start({ notifications: { delivery: delivery.option, unhandled: 'refuse' } });

    expect((await notify()).status).toBe(status);
    expect(told.on(REFUSED)).toEqual([{ cause, merchant: 'default', status }]);
  });

  it('tell of one that is queued, whose listeners run later', async () => {
    await start({ notifications: { delivery: new FakeDurableDelivery().option } });
    await notify();
    expect(told.channels).toEqual(['notification.accepted']);
  });

  it('tell of one that the library itself could not process', async () => {
    await start();
    const delivery = host.app.get(InlineDelivery, { strict: false });
    jest.spyOn(delivery, 'deliver').mockRejectedValueOnce(new Error('a bug of ours'));
    await notify();
    expect(told.on(REFUSED)).toEqual([{ cause: 'it could not be processed', status: 500 }]);
  });

  it('tell of one that comes before the app is up', async () => {
    await start();
    Reflect.set(host.app.get(ListenerRegistry, { strict: false }), 'listeners', undefined);
    await notify();
    expect(told.on(REFUSED)).toEqual([{ cause: 'the app has not started yet', status: 500 }]);
  });

  it('tell of one whose body somebody else has read', async () => {
    await start({ configure: readBodiesFirst });
    await notify();
    expect(told.on(REFUSED)).toEqual([
      { cause: 'the body was consumed before it could be read', status: 500 },
    ]);
  });
});

/** As a body parser of an Express app around the Nest app does. */
function readBodiesFirst(app: INestApplication): void {
  const server = app.getHttpServer() as Server;
  const handlers = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response) => {
    request.resume().once('end', () => {
      for (const handle of handlers) Reflect.apply(handle, server, [request, response]);
    });
  });
}

describe('diagnostics', () => {
  it('tell why a token request is refused', async () => {
    await start();
    await host.askToken({ clientId: 'MCH-unknown' });
    await host.post(TOKEN_PATH, { 'X-CLIENT-KEY': CREDENTIALS.clientId }, '{}');
    expect(told.on(REFUSED)).toEqual([
      { cause: 'absent or unknown X-CLIENT-KEY', merchant: undefined, status: 401 },
      { cause: 'x-timestamp absent', merchant: undefined, status: 400 },
    ]);
    await host.askToken();
    expect(told.channels).toHaveLength(2);
  });

  it('tell why a token is not accepted', async () => {
    await start({ notifications: { requireIssuedToken: true } });
    expect((await host.notify({ payload: SNAP.payment() }, SNAP)).status).toBe(401);
    expect(told.on(REFUSED)).toMatchObject([
      { cause: expect.stringMatching(/^the token was not/) },
    ]);
  });

  it('say nothing of a caller that is gone before its body has come', async () => {
    await start();
    const { hostname, port } = new URL(host.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /doku/notifications HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{');
    socket.once('connect', () => socket.destroy());
    await new Promise((closed) => socket.once('close', closed));
    await host.notify();
    expect(told.channels).toEqual(['listener.delivered', 'notification.accepted']);
  });

  it('hold nothing of what is secret in a notification, accepted or refused', async () => {
    const secrets = ['authcodecanary', '6281394130621', '4111111111111111', 'Budi', 'INV-secret'];
    await start({ notifications: { requireIssuedToken: false } });
    const [authCode = '', phone, card, name, reference = ''] = secrets;
    const { token } = await host.askToken();
    const payloads = [
      {
        ...dokuSnapNotificationFixtures.paymentSucceeded({ partnerReferenceNo: reference }),
        phone,
      },
      { additionalInfo: { authCode, custIdMerchant: 'cust', status: 'SUCCESS', name, card } },
      { unknown: { authCode, card } },
    ];
    for (const payload of payloads) {
      for (const scheme of [NON_SNAP, SNAP]) {
        await host.notify({ payload }, scheme);
        const { body, headers } = scheme.sign({ ...CREDENTIALS, payload, target: scheme.path });
        for (const dropped of Object.values(scheme.headers)) {
          await host.post(scheme.path, without(headers, dropped), body);
        }
        await host.post(scheme.path, { ...headers, Authorization: `Bearer ${token}` }, body);
      }
    }

    expect(told.channels.length).toBeGreaterThan(20);
    for (const secret of [...secrets, token, CREDENTIALS.secretKey, 'HMACSHA256=']) {
      expect(told.text).not.toContain(secret);
    }
  });
});
