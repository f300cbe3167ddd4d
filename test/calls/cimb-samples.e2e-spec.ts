import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CimbDirectDebitService } from 'nestjs-doku';

import { CannedGateway, signed } from '../harness/gateway.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';

interface Sample {
  id: string;
  path: string;
  successStatus: number;
  requestSample: object;
  responseSample: object;
}

const samples = JSON.parse(
  readFileSync(new URL('../fixtures/cimb-samples.json', import.meta.url), 'utf8'),
) as Sample[];

const METHODS: Record<string, keyof CimbDirectDebitService> = {
  'cimb.token': 'registerCard',
  'cimb.tokens': 'listTokens',
  'cimb.payment': 'createPayment',
  'cimb.payment.validate': 'validatePaymentOtp',
  'cimb.payment.otp': 'resendPaymentOtp',
  'cimb.token.delete': 'deleteToken',
  'cimb.payment.refund': 'refund',
};

/** The sample with amounts as the library gives them back; everything else as DOKU printed it. */
function normalised(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => normalised(element));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, normalised(member, key)]),
    );
  }
  return name === 'amount' || name === 'price' ? `${String(value).replace(/\.00$/, '')}.00` : value;
}

describe("DOKU's own CIMB samples", () => {
  let gateway: CannedGateway;
  let lenient: StartedLibrary;
  let strict: StartedLibrary;

  beforeAll(async () => {
    gateway = await new CannedGateway().start();
    const options = { baseUrl: gateway.url, http: { verifyResponses: 'strict' } } as const;
    strict = await startLibrary(options);
    lenient = await startLibrary({
      ...options,
      channels: { cimbDirectDebit: { checkLineItems: false } },
    });
  });

  afterAll(async () => {
    await lenient.close();
    await strict.close();
    await gateway.stop();
  });

  it('are seven, one for each operation', () => {
    expect(samples.map(({ id }) => METHODS[id])).toEqual(
      expect.arrayContaining(Object.values(METHODS)),
    );
    expect(samples).toHaveLength(7);
  });

  it.each(samples)('$id goes out to $path as printed and comes back typed', async (sample) => {
    gateway.answer = signed(sample.responseSample, {
      secretKey: CREDENTIALS.secretKey,
      status: sample.successStatus,
    });
    const method = METHODS[sample.id];
    if (!method) throw new Error(sample.id);

    const response = await lenient.cimb[method](sample.requestSample as never);

    const sent = gateway.seen.at(-1);
    expect(`${sent?.method} ${sent?.url}`).toBe(`POST ${sample.path}`);
    const wire: unknown = JSON.parse(sent?.body.toString() ?? '');
    // DOKU's table has the refund's amount as a number, its sample as a text: the table decides.
    const expected =
      sample.id === 'cimb.payment.refund'
        ? { ...sample.requestSample, refund: { amount: 2000, reason: 'Cancel Order' } }
        : sample.requestSample;
    expect(wire).toEqual(expected);
    expect(response).toEqual(normalised(sample.responseSample));
  });

  it('cimb.payment breaks the rule that line items add up, and is refused while it is checked', async () => {
    const sample = samples.find(({ id }) => id === 'cimb.payment');
    const before = gateway.seen.length;

    await expect(strict.cimb.createPayment(sample?.requestSample as never)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/add up to order\.amount 20000 .*90000.*checkLineItems/s),
      reference: 'INV_NUMBER_D005',
    });
    expect(gateway.seen).toHaveLength(before);
  });

  it('can be sent to other paths', async () => {
    const moved = await startLibrary({
      baseUrl: gateway.url,
      channels: { cimbDirectDebit: { paths: { listTokens: '/cimb-direct-debit/v2/tokens' } } },
    });
    gateway.answer = signed([], { secretKey: CREDENTIALS.secretKey });

    await moved.cimb.listTokens({ customer: { id: 'a' } });

    expect(gateway.seen.at(-1)?.url).toBe('/cimb-direct-debit/v2/tokens');
    await moved.close();
  });
});
