import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DokuCallOptions, DokuOperation } from 'nestjs-doku';

import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

interface Sample {
  id: string;
  direction: 'outbound' | 'inbound';
  path: string;
  headersRequired: string[];
  headersOptional: string[];
  requestSample: Record<string, unknown>;
  responseSample: Record<string, unknown>;
}

const samples = (
  JSON.parse(
    readFileSync(new URL('../fixtures/snap-samples.json', import.meta.url), 'utf8'),
  ) as Sample[]
).filter(({ direction, id }) => direction === 'outbound' && !id.startsWith('token.'));

/** Everything that a call can be given; what an operation does not take must not be sent. */
const EVERYTHING: DokuCallOptions = {
  customer: { authCode: 'auth-code-1' },
  ipAddress: '192.168.1.1',
  deviceId: '912f12e223624d2e94828b168199aa',
};

const DIGITS = { cpan: '9360001609987000000', otp: '12345678' };

/** How a sample is called, and what is ours in its answer. */
const CALLS: Record<
  string,
  { ours: object; call: (library: StartedLibrary, request: never) => Promise<unknown> }
> = {
  'allo.accountBinding': {
    ours: { status: 'page-created' },
    call: ({ allo }, request) => allo.bindAccount(request, EVERYTHING),
  },
  'allo.balanceInquiry': {
    ours: {},
    call: ({ allo }, request) => allo.inquireBalance(request, EVERYTHING),
  },
  'allo.payment': {
    ours: { status: 'page-created' },
    call: ({ allo }, request) => allo.createPayment(request, EVERYTHING),
  },
  'allo.refund': {
    ours: { status: 'accepted' },
    call: ({ allo }, request) => allo.refund(request, EVERYTHING),
  },
  'allo.accountUnbinding': {
    ours: { status: 'accepted' },
    call: ({ allo }, request) => allo.unbindAccount(request, EVERYTHING),
  },
  'dd.checkStatus': {
    ours: { status: 'paid' },
    call: ({ allo }, request) => allo.checkStatus(request, EVERYTHING),
  },
  'kki.payment.cpan': {
    ours: { status: 'accepted' },
    call: ({ kki }, request: object) => kki.createPayment({ ...request, ...DIGITS } as never),
  },
  'kki.payment.token': {
    ours: { status: 'accepted' },
    call: ({ kki }, request) => kki.createPayment(request),
  },
  'kki.refund': {
    ours: { status: 'accepted' },
    call: ({ kki }, request) => kki.refund(request),
  },
};

const withService = samples.filter(({ id }) => id in CALLS);
const withoutService = samples.filter(({ id }) => !(id in CALLS));

/** Headers that only some operations have, in lower case. */
const CONDITIONAL = ['authorization-customer', 'x-ip-address', 'x-device-id', 'channel-id'];

describe("DOKU's SNAP samples", () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: { kki: { channel: false } },
    });
  });

  beforeEach(() => {
    gateway.seen.length = 0;
  });

  afterAll(async () => {
    await library.close();
    await gateway.stop();
  });

  const sent = () => {
    const call = gateway.calls.at(-1);
    return {
      target: `${call?.method} ${call?.url}`,
      headers: call?.headers ?? {},
      body: JSON.parse(call?.body.toString() ?? '') as Record<string, unknown>,
    };
  };

  it('cover every operation', () => {
    expect(withService.map(({ id }) => id)).toEqual(Object.keys(CALLS));
    expect(withoutService.map(({ id }) => id.split('.')[0])).toEqual(
      expect.arrayContaining(['cimb', 'bri', 'ovo', 'dana', 'shopeepay']),
    );
  });

  it.each(withService)('$id goes out to $path as printed and comes back typed', async (sample) => {
    gateway.onCall = unsigned(sample.responseSample);
    const { call, ours } = CALLS[sample.id] ?? {};

    const response = await call?.(library, sample.requestSample as never);

    const { target, headers, body } = sent();
    expect(target).toBe(`POST ${sample.path}`);
    expect(body).toEqual(
      sample.id === 'kki.payment.cpan'
        ? { ...sample.requestSample, ...DIGITS }
        : sample.requestSample,
    );
    expect(response).toEqual({ ...sample.responseSample, ...ours });
    expect(gateway.calls).toHaveLength(1);
    for (const name of sample.headersRequired) expect(headers).toHaveProperty(name.toLowerCase());
    expect(headers['x-partner-id']).toBe('MCH-0001-10791114622547');
    expect(headers['x-external-id']).toMatch(/^\d{20,36}$/);
    expect(headers['x-timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    expect(headers['x-signature']).toMatch(/^[A-Za-z0-9+/]{86}==$/);
  });

  it.each([
    ['allo.accountBinding', ['x-ip-address', 'x-device-id']],
    ['allo.balanceInquiry', ['authorization-customer', 'x-ip-address']],
    ['allo.payment', ['authorization-customer', 'x-ip-address', 'channel-id']],
    ['allo.refund', ['authorization-customer', 'x-ip-address']],
    ['allo.accountUnbinding', ['x-ip-address']],
    ['dd.checkStatus', []],
    ['kki.payment.token', []],
    ['kki.refund', []],
  ])('%s carries of the optional headers only %j, whatever it is given', async (id, expected) => {
    const sample = samples.find((each) => each.id === id);
    gateway.onCall = unsigned(sample?.responseSample);

    await CALLS[id]?.call(library, sample?.requestSample as never);

    const { headers } = sent();
    expect(CONDITIONAL.filter((name) => name in headers)).toEqual(expected);
    if (expected.includes('authorization-customer')) {
      expect(headers['authorization-customer']).toMatch(/^Bearer customer-auth-code-1-\d+$/);
    }
    expect(headers['channel-id']).toBe(expected.includes('channel-id') ? 'DH' : undefined);
  });

  it.each(withoutService)('$id goes out through DokuClient, described as data', async (sample) => {
    const needs = (name: string) => sample.headersRequired.includes(name);
    const described: DokuOperation = {
      name: sample.id,
      method: 'POST',
      path: sample.path,
      scheme: 'snap',
      effect: 'once',
      ...(needs('Authorization-Customer') ? { customer: 'required' } : {}),
      headers: {
        ipAddress: needs('X-IP-ADDRESS') ? 'required' : 'optional',
        deviceId: needs('X-DEVICE-ID') ? 'required' : 'optional',
        ...(needs('CHANNEL-ID') ? { channelId: { name: 'CHANNEL-ID', value: 'DH' } } : {}),
      },
      reference: ['partnerReferenceNo'],
    };
    gateway.onCall = unsigned(sample.responseSample);

    const response = await library.client.request(described, sample.requestSample, EVERYTHING);

    const { target, headers, body } = sent();
    expect(target).toBe(`POST ${sample.path}`);
    expect(body).toEqual(sample.requestSample);
    expect(response).toEqual(sample.responseSample);
    for (const name of sample.headersRequired) expect(headers).toHaveProperty(name.toLowerCase());
  });

  describe('with other settings', () => {
    const NAMES = {
      bindAccount: 'allo.accountBinding',
      inquireBalance: 'allo.balanceInquiry',
      createPayment: 'allo.payment',
      refund: 'allo.refund',
      unbindAccount: 'allo.accountUnbinding',
      checkStatus: 'dd.checkStatus',
    } as const;

    it.each(Object.entries(NAMES))('%s goes to another path', async (operation, id) => {
      const moved = await startLibrary({
        baseUrl: gateway.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        channels: { alloDirectDebit: { paths: { [operation]: '/direct-debit/v9/thing' } } },
      });
      const sample = samples.find((each) => each.id === id);
      gateway.onCall = unsigned(sample?.responseSample);

      await CALLS[id]?.call(moved, sample?.requestSample as never);

      expect(sent().target).toBe('POST /direct-debit/v9/thing');
      await moved.close();
    });

    it.each(Object.values(NAMES))('%s names another channel', async (id) => {
      const renamed = await startLibrary({
        baseUrl: gateway.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        channels: { alloDirectDebit: { channel: 'DIRECT_DEBIT_ALLO_V2' } },
      });
      const sample = structuredClone(samples.find((each) => each.id === id));
      gateway.onCall = unsigned(sample?.responseSample);
      const info = sample?.requestSample.additionalInfo as Record<string, unknown>;

      await expect(CALLS[id]?.call(renamed, sample?.requestSample as never)).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringMatching(
          /additionalInfo\.channel must be DIRECT_DEBIT_ALLO_V2 or left out/,
        ),
      });
      delete info.channel;
      await CALLS[id]?.call(renamed, sample?.requestSample as never);

      expect(sent().body.additionalInfo).toEqual({ ...info, channel: 'DIRECT_DEBIT_ALLO_V2' });
      await renamed.close();
    });

    it.each([
      [{ header: 'X-CHANNEL-ID' }, { 'x-channel-id': 'DH' }],
      [{ value: 'H2H' }, { 'channel-id': 'H2H' }],
      [{ value: false as const }, {}],
    ])('a payment has the channel header as %j says', async (channelId, expected) => {
      const other = await startLibrary({
        baseUrl: gateway.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        channels: { alloDirectDebit: { channelId } },
      });
      const sample = samples.find(({ id }) => id === 'allo.payment');
      gateway.onCall = unsigned(sample?.responseSample);

      await CALLS['allo.payment']?.call(other, sample?.requestSample as never);

      const { headers } = sent();
      expect(
        Object.fromEntries(Object.entries(headers).filter(([name]) => name.endsWith('channel-id'))),
      ).toEqual(expected);
      await other.close();
    });

    it('a status call says another service code, and one call yet another', async () => {
      const other = await startLibrary({
        baseUrl: gateway.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        channels: { alloDirectDebit: { statusServiceCode: '54' } },
      });
      const answer = { responseCode: '2005500', latestTransactionStatus: '03' };
      gateway.onCall = unsigned(answer);

      expect(await other.allo.checkStatus({ originalPartnerReferenceNo: 'INV-1' })).toEqual({
        ...answer,
        status: 'pending',
      });
      expect(sent().body).toEqual({
        originalPartnerReferenceNo: 'INV-1',
        serviceCode: '54',
        additionalInfo: { channel: 'DIRECT_DEBIT_ALLO_SNAP' },
      });
      await other.allo.checkStatus({ originalReferenceNo: 'DOKU-1', serviceCode: '58' });
      expect(sent().body).toMatchObject({ originalReferenceNo: 'DOKU-1', serviceCode: '58' });
      await other.close();
    });
  });
});
