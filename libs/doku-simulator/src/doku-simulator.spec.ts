import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { request } from 'node:http';
import { once } from 'node:events';
import { DokuSimulator } from './doku-simulator.js';
import { CimbShop, PATHS } from './testing/cimb-shop.js';
import { NotificationReceiver } from './testing/notification-receiver.js';
import { TestMerchant } from './testing/test-merchant.js';
import type { DokuSimulatorOptions } from './simulator-options.js';

/** Sockets and timers that keep the process alive. */
const handles = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Immediate/.test(name));

describe('DokuSimulator', () => {
  it('serves several merchants, each with its own secret and notifications', async () => {
    const receiver = await NotificationReceiver.start('/second');
    const second = { clientId: 'MCH-2', secretKey: 'SK-2', notificationUrl: receiver.url };
    const simulator = await DokuSimulator.start({ logger: false, merchants: [second] });
    const merchant = new TestMerchant(simulator.url, 'MCH-2', 'SK-2');
    const answer = await merchant.post(PATHS.tokens, { customer: { id: 'C' } });
    await new CimbShop(simulator.url).api('POST', 'notifications', {
      clientId: 'MCH-2',
      invoiceNumber: 'INV-1',
      amount: 1,
    });
    await simulator.stop();
    await receiver.stop();

    expect(merchant.trusts(answer, 'POST', PATHS.tokens)).toBe(true);
    expect(receiver.received).toHaveLength(1);
  });

  it('leaves nothing open when stopped, whatever hangs', async () => {
    const silent = await NotificationReceiver.start();
    silent.status = 500;
    const before = handles();
    const simulator = await DokuSimulator.start({ logger: false, notificationUrl: silent.url });
    const shop = new CimbShop(simulator.url);
    await shop.api('POST', 'notifications', { invoiceNumber: 'INV-1', amount: 1 });
    await shop.api('POST', 'faults', { operation: 'cimb.listTokens', fault: 'hang' });
    const hanging = shop.merchant.post(PATHS.tokens, { customer: { id: 'C' } });
    const delayed = shop.api('POST', 'faults', { operation: 'cimb.refund', fault: 'delay' });
    await delayed;
    const refund = shop.refund('INV-1', 'r', 1);
    const events = request(`${simulator.url}/_simulator/events`).end();
    await once(events, 'response');
    const eventsEnded = once(events, 'close');
    const settled = Promise.allSettled([hanging, refund, eventsEnded]);
    await simulator.stop();
    await simulator.stop();
    const outcomes = await settled;
    await new Promise((resolve) => setImmediate(resolve));

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(handles()).toEqual(before);
    await silent.stop();
  });

  it('tells which port is taken', async () => {
    const first = await DokuSimulator.start({ logger: false });
    const port = Number(new URL(first.url).port);

    await expect(DokuSimulator.start({ logger: false, port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port} (EADDRINUSE); choose another port`,
    );
    await first.stop();
  });

  it('links its pages by the public URL', async () => {
    const simulator = await DokuSimulator.start({
      logger: false,
      publicUrl: 'https://doku.localtest.me/',
    });
    const answer = await new CimbShop(simulator.url).register();
    await simulator.stop();

    expect(answer.text).toContain('"https://doku.localtest.me/cimb/register/');
  });

  const small = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  const refused: [string, DokuSimulatorOptions, RegExp][] = [
    ['a port', { port: 70_000 }, /port must be a whole number from 0 to 65535/],
    ['an empty secret', { secretKey: '' }, /secretKey of "MCH-0001.*" must not be empty/],
    ['a URL', { notificationUrl: 'shop/notify' }, /notificationUrl of .* absolute http or https/],
    [
      'a merchant twice',
      { clientId: 'A', merchants: [{ clientId: 'A', secretKey: 'S' }] },
      /"A" is given twice/,
    ],
    ['no key', { merchantPublicKey: 'key.pem' }, /merchantPublicKey must be an RSA key as PEM/],
    [
      'a small key',
      { dokuPrivateKey: small.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      /dokuPrivateKey must be an RSA key of at least 2048 bits/,
    ],
  ];

  it.each(refused)('refuses %s at start', async (_what, options, message) => {
    await expect(DokuSimulator.start({ logger: false, ...options })).rejects.toThrow(message);
  });
});
