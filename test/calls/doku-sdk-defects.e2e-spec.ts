/** What goes wrong in DOKU's own libraries when they call DOKU (reference snap 16), and does not here. */
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createPartnerReference, type DokuOperation, hashSnapBody } from 'nestjs-doku';

import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';
import { SnapGateway, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { alloPaymentOf, SHOPPER } from '../harness/snap-shopper.js';

const CALL: DokuOperation = {
  name: 'test.call',
  method: 'POST',
  path: '/direct-debit/core/v1/balance-inquiry',
  scheme: 'snap',
  customer: 'optional',
  effect: 'read',
};

let gateway: SnapGateway;
let library: StartedLibrary;

beforeEach(async () => {
  freezeDate(new Date('2026-03-01T03:00:00Z'));
  gateway = await new SnapGateway().start();
  library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
});
afterEach(async () => {
  await library.close();
  await gateway.stop();
  jest.useRealTimers();
});

const call = (authCode?: string) =>
  library.client.request(CALL, {}, authCode === undefined ? {} : { customer: { authCode } });

describe('all of DOKU’s libraries', () => {
  it('keep one B2B2C token per client object: here each customer has an own one', async () => {
    await Promise.all([call('alice'), call('bob'), call('alice'), call('bob')]);
    await call('alice');
    const customers = gateway.calls.map((seen) => tokensOf(seen).customer.split('-')[1]);
    expect(customers.filter((name) => name === 'alice')).toHaveLength(3);
    expect(customers.filter((name) => name === 'bob')).toHaveLength(2);
    expect(gateway.b2b2cRequests).toHaveLength(2);
  });
});

describe('the Node library', () => {
  it('never refreshes its B2B token: here calls go on after 15 minutes', async () => {
    await call();
    passSeconds(15 * 60 + 1);
    await call();
    expect(gateway.calls.map((seen) => tokensOf(seen).b2b)).toEqual(['b2b-1', 'b2b-2']);
  });

  it('lets a B2B2C answer, which has no expiresIn, overwrite the life of the B2B token', async () => {
    gateway.b2b2cAnswer = { accessTokenExpiryTime: '60' };
    await call('alice');
    passSeconds(120);
    await call('alice');
    expect(gateway.b2bRequests).toHaveLength(1);
    expect(gateway.b2b2cRequests).toHaveLength(2);
  });

  it('strips the blanks inside strings before it hashes a body', () => {
    const body = '{"name": "Kopi susu",\n "note":"a\\tb"}';
    expect(hashSnapBody(body)).toBe(
      createHash('sha256').update('{"name":"Kopi susu","note":"a\\tb"}').digest('hex'),
    );
  });

  it('writes -00:00 and broken half hours: here the machine’s zone does not matter', () => {
    const print = `import { snapTimestamp } from './libs/doku/src/signing/timestamp.ts';
      process.stdout.write(snapTimestamp(new Date('2026-03-01T03:00:00.999Z')));`;
    for (const TZ of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Asia/Jakarta', 'Pacific/Apia']) {
      const printed = execFileSync(
        process.execPath,
        ['--import', './test/processes/typescript.mjs', '--input-type=module', '-e', print],
        { env: { ...process.env, NODE_OPTIONS: '', TZ }, encoding: 'utf8' },
      );
      expect(`${TZ} ${printed}`).toBe(`${TZ} 2026-03-01T10:00:00+07:00`);
    }
  }, 20_000);

  it('writes secrets with console.log: here nothing is written, and no log line tells one', async () => {
    const written: string[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      jest.spyOn(console, method).mockImplementation((...parts) => {
        written.push(parts.join(' '));
      });
    }
    await call('alice-secret-code');
    gateway.onCall = (request, response) => {
      response.statusCode = 400;
      response.end(
        JSON.stringify({
          responseCode: '4001100',
          responseMessage: JSON.stringify(request.headers),
        }),
      );
    };
    const error = await call('alice-secret-code').catch((reason: unknown) => reason);
    expect(written).toEqual([]);
    const told = `${library.logs.lines.join('\n')}\n${JSON.stringify(error)}\n${String(error)}`;
    for (const secret of [CREDENTIALS.secretKey, 'b2b-1', 'alice-secret-code', 'BEGIN']) {
      expect(told).not.toContain(secret);
    }
    for (const { headers } of gateway.seen) {
      expect(told).not.toContain(String(headers['x-signature']));
    }
  });
});

describe('the Python library', () => {
  it('takes a good token for an ended one: here it is used', async () => {
    await call();
    await call();
    expect(gateway.b2bRequests).toHaveLength(1);
  });
});

describe('the PHP library', () => {
  it('sends escaped slashes and signs unescaped ones: here the bytes that are sent are signed', async () => {
    await library.client.request(CALL, { url: 'https://shop.example/a&b=<c>', name: 'é' });
    const [seen] = gateway.calls;
    if (!seen) throw new Error('nothing was sent');
    expect(seen.body.toString()).toBe('{"url":"https://shop.example/a&b=<c>","name":"é"}');
    const hash = createHash('sha256').update(seen.body).digest('hex');
    const text = `POST:${seen.url}:b2b-1:${hash}:${String(seen.headers['x-timestamp'])}`;
    expect(seen.headers['x-signature']).toBe(
      createHmac('sha512', CREDENTIALS.secretKey).update(text).digest('base64'),
    );
  });

  it('checks no length, by a condition that cannot hold: here too long is too long', async () => {
    const request = { ...alloPaymentOf(), partnerReferenceNo: 'A'.repeat(65) };
    await expect(
      library.allo.createPayment(request, { ...SHOPPER, customer: { authCode: 'alice' } }),
    ).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringContaining('partnerReferenceNo'),
    });
    expect(gateway.seen).toHaveLength(0);
  });
});

describe('the Java library', () => {
  it('throws local errors with codes that look like DOKU’s: here they have none', async () => {
    const error: unknown = await library.allo
      .createPayment(
        { ...alloPaymentOf(), partnerReferenceNo: '' },
        { ...SHOPPER, customer: { authCode: createPartnerReference() } },
      )
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'validation', outcome: 'definite' });
    expect(error).not.toHaveProperty('responseCode');
    expect(error).not.toHaveProperty('httpStatus');
  });
});
