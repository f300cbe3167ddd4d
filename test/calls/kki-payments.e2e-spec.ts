import { inspect } from 'node:util';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPartnerReference,
  dokuCall,
  type DokuCallOptions,
  type KkiCreatePaymentDto,
  type KkiOptions,
} from 'nestjs-doku';

import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

const CPAN = '9360001609987000000';
const OTP = '12345678';
const TOKEN = 'de52e5820f4c381db88a1cf91d57b73e';
const REFERENCE = 'INV2025011500000000000000000001A';
const paid = { responseCode: '2005400', responseMessage: 'Successful', referenceNo: 'REF-DOKU-1' };

const pay = (more: object = { cpan: CPAN, otp: OTP }) => ({
  partnerReferenceNo: REFERENCE,
  amount: { value: 50_000 },
  ...more,
});
const refund = (more: object = {}) => ({
  originalPartnerReferenceNo: REFERENCE,
  refundAmount: { value: 10_000 },
  partnerRefundNo: 'INV-REF-0001',
  ...more,
});

describe('KKI', () => {
  let gateway: SnapGateway;
  const started: StartedLibrary[] = [];

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
  });

  afterEach(async () => {
    gateway.onCall = unsigned(paid);
    gateway.seen.length = 0;
    await Promise.all(started.splice(0).map((library) => library.close()));
  });

  afterAll(() => gateway.stop());

  const start = async (kki: KkiOptions = {}): Promise<StartedLibrary> => {
    gateway.onCall = unsigned(paid);
    const library = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: { kki },
    });
    started.push(library);
    return library;
  };

  const sentText = () => gateway.calls.at(-1)?.body.toString() ?? '';
  const sent = () => JSON.parse(sentText()) as Record<string, unknown>;

  it('pays with CPAN and OTP, as texts', async () => {
    const { kki } = await start();

    const payment = await kki.createPayment(pay());

    expect(payment).toEqual({ ...paid, status: 'accepted' });
    expect(dokuCall(payment).reference).toBe(REFERENCE);
    expect(sent()).toEqual({
      partnerReferenceNo: REFERENCE,
      amount: { value: '50000.00', currency: 'IDR' },
      cpan: CPAN,
      otp: OTP,
      additionalInfo: { channel: 'KARTU_KREDIT_INDONESIA' },
    });
  });

  it('pays with a token of DOKU, alone or with an OTP', async () => {
    const { kki } = await start();

    await kki.createPayment(pay({ bankCardToken: TOKEN }));
    expect(sent()).toMatchObject({ bankCardToken: TOKEN });
    expect(sent()).not.toHaveProperty('cpan');
    await kki.createPayment(pay({ bankCardToken: TOKEN, otp: '00000000' }));
    expect(sent()).toMatchObject({ bankCardToken: TOKEN, otp: '00000000' });
  });

  it('puts what the documents lack where the caller says', async () => {
    const { kki } = await start({
      channel: 'KKI_SNAP',
      members: { cpan: 'customerPan', otp: 'oneTimePassword', token: 'dokuToken' },
      paths: { createPayment: '/direct-debit/core/v2/pay' },
    });

    await kki.createPayment(pay({ cpan: CPAN, otp: OTP, additionalInfo: { terminal: 'T-1' } }), {
      extra: { additionalInfo: { remarks: 'Order 1' }, feeType: 'OUR' },
    });

    expect(gateway.calls.at(-1)?.url).toBe('/direct-debit/core/v2/pay');
    expect(sent()).toEqual({
      partnerReferenceNo: REFERENCE,
      amount: { value: '50000.00', currency: 'IDR' },
      customerPan: CPAN,
      oneTimePassword: OTP,
      additionalInfo: { terminal: 'T-1', channel: 'KKI_SNAP', remarks: 'Order 1' },
      feeType: 'OUR',
    });
    await kki.createPayment(pay({ bankCardToken: TOKEN }));
    expect(sent()).toMatchObject({ dokuToken: TOKEN });
  });

  it('leaves the channel out when told, in every operation', async () => {
    const { kki } = await start({ channel: false });
    gateway.onCall = unsigned({ responseCode: '2005500', latestTransactionStatus: '00' });

    await kki.createPayment(pay());
    expect(sent()).not.toHaveProperty('additionalInfo');
    await kki.createPayment(pay({ cpan: CPAN, additionalInfo: { channel: 'MINE' } }));
    expect(sent()).toMatchObject({ additionalInfo: { channel: 'MINE' } });
    await kki.refund(refund());
    expect(sent()).not.toHaveProperty('additionalInfo');
    await kki.checkStatus({ originalPartnerReferenceNo: REFERENCE });
    expect(sent()).toEqual({ originalPartnerReferenceNo: REFERENCE, serviceCode: '55' });
  });

  it('takes another channel than its own for a mistake', async () => {
    const { kki } = await start();

    await expect(
      kki.createPayment(pay({ cpan: CPAN, additionalInfo: { channel: 'KKI' } })),
    ).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/additionalInfo\.channel must be KARTU_KREDIT_INDONESIA/),
    });
  });

  describe('with bare numbers', () => {
    it('writes the digits as they are, which no JavaScript number could', async () => {
      const { kki } = await start({ digitsAs: 'number', members: { cpan: 'customerPan' } });

      await kki.createPayment(pay({ cpan: '93600016099870000001', otp: OTP }));

      expect(sentText()).toContain('"customerPan":93600016099870000001,');
      expect(sentText()).toMatch(/"otp":12345678[,}]/);
      expect(sentText()).toContain(`"partnerReferenceNo":"${REFERENCE}"`);
      expect(sentText()).toContain('"value":"50000.00"');
    });

    it('leaves a token a text, even one of digits only', async () => {
      const { kki } = await start({ digitsAs: 'number' });

      await kki.createPayment(pay({ bankCardToken: '12345678', otp: OTP }));

      expect(sentText()).toContain('"bankCardToken":"12345678"');
      expect(sentText()).toContain('"otp":12345678');
    });

    it.each([
      ['cpan', { cpan: '0360001609987000000', otp: OTP }],
      ['otp', { cpan: CPAN, otp: '01234567' }],
      ['cpan', { cpan: '0' }],
    ])('refuses a %s that begins with 0', async (member, given) => {
      const { kki } = await start({ digitsAs: 'number' });

      await expect(kki.createPayment(pay(given))).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringMatching(new RegExp(`${member} begins with 0.*digitsAs: 'string'`)),
      });
      expect(gateway.calls).toHaveLength(0);
    });
  });

  it.each<[string, object, RegExp]>([
    ['neither source', pay({}), /give either cpan or bankCardToken/],
    [
      'both sources',
      pay({ cpan: CPAN, bankCardToken: TOKEN }),
      /give either cpan or bankCardToken/,
    ],
    ['a CPAN as a number', pay({ cpan: 9360001609987 }), /cpan must be a text.*given a number/],
    ['a long CPAN', pay({ cpan: '1'.repeat(21) }), /cpan must be 1 to 20 digits/],
    ['a CPAN with blanks', pay({ cpan: '9360 0016' }), /cpan must be .*digits/],
    ['a short OTP', pay({ cpan: CPAN, otp: '1234567' }), /otp must be exactly 8 digits/],
    ['an OTP with a letter', pay({ cpan: CPAN, otp: '1234567a' }), /otp must be exactly 8 digits/],
    ['a long token', pay({ bankCardToken: 'x'.repeat(65) }), /bankCardToken .*64/],
    ['a short reference', { ...pay(), partnerReferenceNo: 'INV0001' }, /exactly 32 letters/],
    ['33 characters', { ...pay(), partnerReferenceNo: 'x'.repeat(33) }, /exactly 32 letters/],
    ['a hyphen', { ...pay(), partnerReferenceNo: `INV-${'0'.repeat(28)}` }, /exactly 32 letters/],
    ['no amount', { ...pay(), amount: undefined }, /amount is mandatory/],
    ['additionalInfo as a text', pay({ cpan: CPAN, additionalInfo: 'x' }), /must be an object/],
  ])('refuses a payment with %s', async (_what, request, message) => {
    const { kki } = await start();

    await expect(kki.createPayment(request as KkiCreatePaymentDto)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
    expect(gateway.seen).toHaveLength(0);
  });

  it('refuses references that payment and refund do not both take, unless lenient', async () => {
    const strict = await start();
    for (const [given, message] of [
      [{ originalPartnerReferenceNo: 'INV0001' }, /originalPartnerReferenceNo must be exactly 32/],
      [{ partnerRefundNo: 'INV-REF-00001' }, /partnerRefundNo must be 1 to 12 characters/],
    ] as const) {
      await expect(strict.kki.refund(refund(given))).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringMatching(message),
      });
    }
    const lenient = await start({ references: 'lenient' });
    await lenient.kki.createPayment({ ...pay(), partnerReferenceNo: 'INV-0001' });
    await lenient.kki.refund(
      refund({ originalPartnerReferenceNo: 'INV-0001', partnerRefundNo: 'x'.repeat(64) }),
    );
    await expect(
      lenient.kki.createPayment({ ...pay(), partnerReferenceNo: 'x'.repeat(33) }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/must be 1 to 32 characters/) });
    expect(gateway.calls).toHaveLength(2);
  });

  it('takes no source from extra, which would pass by the rules', async () => {
    const { kki } = await start({ digitsAs: 'number' });
    for (const extra of [
      { cpan: '9360001609987000000' },
      { otp: 'hello","x":1' },
      { otp: '012' },
    ]) {
      await expect(kki.createPayment(pay(), { extra })).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringMatching(/extra\.(cpan|otp) is a member of the request/),
      });
    }
    expect(gateway.seen).toHaveLength(0);
  });

  it('carries a customer’s token when it is given one, and never an address or a device', async () => {
    const { kki } = await start();
    const optional = ['authorization-customer', 'x-ip-address', 'x-device-id'];

    await kki.createPayment(pay());
    expect(gateway.calls[0]?.headers).toEqual(
      expect.not.objectContaining(
        Object.fromEntries(optional.map((name) => [name, expect.anything()])),
      ),
    );
    await kki.createPayment(pay(), {
      customer: { accessToken: 'customer-token-1' },
      ipAddress: '192.168.1.1',
      deviceId: 'device1',
    });

    expect(gateway.calls[1]?.headers).toMatchObject({
      'authorization-customer': 'Bearer customer-token-1',
    });
    for (const header of ['x-ip-address', 'x-device-id', 'channel-id']) {
      expect(gateway.calls[1]?.headers).not.toHaveProperty(header);
    }
  });

  it('takes a refund whose answer names other references, as in the sample of DOKU', async () => {
    const { kki } = await start();
    const other = 'Ra7o1bLJAh2oV9eb33129stQc5xFm5s7';
    gateway.onCall = unsigned({
      responseCode: '2000700',
      originalPartnerReferenceNo: other,
      partnerRefundNo: other,
      refundAmount: { value: '10000', currency: 'IDR' },
    });

    expect(await kki.refund(refund())).toMatchObject({
      status: 'accepted',
      originalPartnerReferenceNo: other,
      refundAmount: { value: '10000.00' },
    });
  });

  it('has an open outcome when a payment is lost, and says whom to ask', async () => {
    const { kki } = await start();
    gateway.onCall = (_request, response) => {
      response.destroy();
    };

    await expect(kki.createPayment(pay())).rejects.toMatchObject({
      code: 'outcome-unknown',
      fix: expect.stringMatching(/KkiService\.checkStatus/),
      reference: REFERENCE,
    });
    expect(gateway.calls).toHaveLength(1);
  });

  it('counts as a stored answer under 409 only when it names the reference', async () => {
    const { kki } = await start();
    gateway.onCall = unsigned({ ...paid, partnerReferenceNo: REFERENCE }, 409);
    expect(dokuCall(await kki.createPayment(pay())).replayed).toBe(true);

    gateway.onCall = unsigned(paid, 409);
    await expect(kki.createPayment(pay())).rejects.toMatchObject({ code: 'outcome-unknown' });
  });

  it.each<[string, KkiOptions['digitsAs']]>([
    ['texts', 'string'],
    ['bare numbers', 'number'],
  ])('shows no CPAN, OTP or token in errors and log lines, sent as %s', async (_how, digitsAs) => {
    const library = await start({ digitsAs: digitsAs ?? 'string' });
    const secrets = ['9360001609987000007', '87654321', 'token.canary.1'];
    const [cpan, otp, bankCardToken] = secrets;
    const errors: unknown[] = [];
    const attempt = async (request: object, options: DokuCallOptions = {}): Promise<void> => {
      await library.kki
        .createPayment(
          { ...pay(request), partnerReferenceNo: createPartnerReference() },
          { timeoutMs: 500, ...options },
        )
        .catch((error: unknown) => errors.push(error));
    };
    for (const status of [400, 401, 403, 404, 409, 429, 500]) {
      gateway.onCall = (request, response) => {
        const told = request.body.toString();
        const digits = /"cpan":"?(\d+)/.exec(told)?.[1] ?? '';
        const spaced = digits.replace(/(\d{4})/g, '$1 ');
        unsigned(
          {
            responseCode: `${status}5400`,
            responseMessage: `${told} ${encodeURIComponent(told)} ${spaced}`,
          },
          status,
        )(request, response);
      };
      await attempt({ cpan, otp });
      await attempt({ bankCardToken, otp });
    }
    await attempt({ cpan: `${cpan}99`, otp: `${otp}9` });
    await attempt({ cpan, bankCardToken });
    await attempt({ cpan, otp }, { extra: { cpan: otp } });

    expect(errors).toHaveLength(17);
    const shown = [
      ...errors.map((error) => inspect(error, { depth: Infinity, showHidden: true })),
      ...errors.map((error) => JSON.stringify(error)),
      ...library.logs.lines,
    ].join('\n');
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/9360 0016/);
    expect(shown).toMatch(/\[redacted\]/);
  });
});
