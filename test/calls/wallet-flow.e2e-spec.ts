import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, dokuCall, type DokuCallOptions } from 'nestjs-doku';

import { type Answer, unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { AUTH_CODE_KEY, WalletGateway } from '../harness/wallet-shopper.js';

let gateway: WalletGateway;
let library: StartedLibrary;
const ALICE: DokuCallOptions = { customer: { accountId: '1944898701' } };

beforeEach(async () => {
  gateway = await new WalletGateway().start();
  library = await startLibrary({
    baseUrl: gateway.url,
    privateKey: MERCHANT_PRIVATE_KEY,
    authCodeSecretKey: AUTH_CODE_KEY,
  });
});
afterEach(async () => {
  await library.close();
  await gateway.stop();
});

const answer = (body: object): void => {
  gateway.answerCalls(unsigned({ responseMessage: 'Successful', ...body }));
};
const sent = () => {
  const { body } = gateway.otherCalls.at(-1) ?? { body: Buffer.from('{}') };
  return JSON.parse(body.toString()) as Record<string, unknown>;
};
const creation = (partnerReferenceNo = 'P-1') => ({
  partnerReferenceNo,
  name: 'Budi',
  phoneNo: '081212340010',
  email: 'budi@example.com',
  redirectUrl: 'https://shop.example/pin',
});
const bankInquiry = {
  customerNumber: '6281212340010',
  beneficiaryAccountNumber: '888801000157508',
  amount: { value: 25_000 },
  additionalInfo: { bankCode: '014' },
};
const topUp = (partnerReferenceNo = 'T-1') => ({
  partnerReferenceNo,
  customerNumber: '6281212340010',
  amount: { value: 10_000 },
});
const transfer = (partnerReferenceNo = 'B-1') => ({
  ...bankInquiry,
  partnerReferenceNo,
  accountType: 'S',
  beneficiaryBankCode: '014',
  additionalInfo: { referenceNo: 'R-8' },
});
const purchase = (partnerReferenceNo = 'S-1') => ({ partnerReferenceNo, amount: { value: 5_000 } });
const refund = {
  originalPartnerReferenceNo: 'S-1',
  partnerRefundNo: 'F-1',
  refundAmount: { value: 1 },
};

describe('ids go from step to step', () => {
  it('of a creation to its OTP, also where DOKU does not echo ours', async () => {
    const { wallet } = library;
    answer({ responseCode: '2000600', referenceNo: 'R-2' });
    const created = await wallet.createAccount(creation('P-2'));
    expect(created).toMatchObject({ partnerReferenceNo: 'P-2', referenceNo: 'R-2' });

    answer({ responseCode: '2000400' });
    const verification = await wallet.verifyOtp({ ...created.forVerifyOtp, otp: '012345' });

    expect(sent()).toEqual({
      originalPartnerReferenceNo: 'P-2',
      originalReferenceNo: 'R-2',
      otp: '012345',
    });
    expect(verification).not.toHaveProperty('pinPageUrl');
    expect(dokuCall(created).reference).toBe('P-2');
  });

  it('of an unbinding to its OTP, unless DOKU gave none', async () => {
    const { wallet } = library;
    const unbinding = { partnerReferenceNo: 'P-6', linkId: 'LNK1' };
    answer({ responseCode: '2000900', referenceNo: 'R-6' });
    const { forVerifyOtp } = await wallet.unbindAccount(unbinding);
    expect(forVerifyOtp).toEqual({ originalPartnerReferenceNo: 'P-6', originalReferenceNo: 'R-6' });

    answer({ responseCode: '2000900' });
    expect(await wallet.unbindAccount(unbinding)).not.toHaveProperty('forVerifyOtp');
  });

  it.each([
    [{ sessionId: 'SESSION-8', beneficiaryBankCode: 'BMRIIDJA' }],
    [{ beneficiaryBankCode: 'BMRIIDJA' }],
    [{}],
  ])('of a bank inquiry to its transfer: %j', async (told) => {
    const { wallet } = library;
    answer({ responseCode: '2004200', referenceNo: 'R-8', ...told });
    const inquiry = await wallet.inquireBankAccount(bankInquiry, ALICE);
    answer({ responseCode: '2004300' });

    await wallet.transferToBank(
      { ...inquiry.forTransferToBank, partnerReferenceNo: 'B-9', accountType: 'S' },
      ALICE,
    );

    expect(sent()).toEqual({
      partnerReferenceNo: 'B-9',
      accountType: 'S',
      customerNumber: '6281212340010',
      beneficiaryAccountNumber: '888801000157508',
      amount: { value: '25000.00', currency: 'IDR' },
      beneficiaryBankCode: '014',
      additionalInfo: { referenceNo: 'R-8' },
      ...told,
    });
  });

  it('of a top-up inquiry to the top-up, and of that to its query', async () => {
    const { wallet } = library;
    answer({
      responseCode: '2003700',
      sessionId: 'SESSION-37',
      feeAmount: { value: 500, currency: 'IDR' },
    });
    const inquiry = await wallet.inquireTopUpAccount(
      { customerNumber: '6281212340010', amount: { value: 10_000 } },
      ALICE,
    );
    answer({ responseCode: '2003800', referenceNo: 'R-10' });
    const toppedUp = await wallet.topUp({ ...inquiry.forTopUp, partnerReferenceNo: 'T-10' }, ALICE);
    expect(sent()).toEqual({
      partnerReferenceNo: 'T-10',
      customerNumber: '6281212340010',
      amount: { value: '10000.00', currency: 'IDR' },
      feeAmount: { value: '500.00', currency: 'IDR' },
      sessionId: 'SESSION-37',
    });

    answer({ responseCode: '2003900', latestTransactionStatus: '00' });
    await wallet.queryTopUp(toppedUp.forQueryTopUp, ALICE);

    expect(sent()).toEqual({
      originalPartnerReferenceNo: 'T-10',
      originalReferenceNo: 'R-10',
      originalExternalId: dokuCall(toppedUp).externalId,
      serviceCode: '38',
    });
    expect(gateway.otherCalls.at(-2)?.headers['x-external-id']).toBe(dokuCall(toppedUp).externalId);
  });

  it('of a lost top-up to its query, by the error', async () => {
    const { wallet } = library;
    gateway.answerCalls((_request, response) => {
      response.destroy();
    });
    const failure = (await wallet.topUp(topUp('T-11'), ALICE).catch((error: unknown) => error)) as {
      reference: string;
      externalId: string;
    };
    answer({ responseCode: '2003900', latestTransactionStatus: '00' });

    await wallet.queryTopUp(
      {
        originalPartnerReferenceNo: failure.reference,
        originalExternalId: failure.externalId,
      },
      ALICE,
    );

    expect(sent()).toEqual({
      originalPartnerReferenceNo: 'T-11',
      originalExternalId: gateway.otherCalls[0]?.headers['x-external-id'],
      serviceCode: '38',
    });
  });

  it('of a purchase to its query', async () => {
    const { wallet } = library;
    answer({ responseCode: '2005400', webRedirectUrl: 'https://w.example/pin' });
    const bought = await wallet.purchase(purchase('S-12'), ALICE);
    answer({ responseCode: '2005500', latestTransactionStatus: '01' });

    const { status } = await wallet.queryPurchase(bought.forQueryPurchase, ALICE);

    expect(status).toBe('pending');
    expect(sent()).toEqual({
      originalPartnerReferenceNo: 'S-12',
      serviceCode: '17',
      transactionDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/),
    });
    const asked = Date.parse(String(sent().transactionDate));
    expect(Math.abs(asked - dokuCall(bought).sentAt.getTime())).toBeLessThan(1_000);
  });
});

describe('what changes something', () => {
  const drop: Answer = (_request, response) => {
    response.destroy();
  };
  const ACTS: readonly [string, () => Promise<unknown>, RegExp, string | undefined][] = [
    [
      'createAccount',
      () => library.wallet.createAccount(creation()),
      /new partnerReferenceNo/,
      'P-1',
    ],
    [
      'verifyOtp',
      () =>
        library.wallet.verifyOtp({
          originalPartnerReferenceNo: 'P-1',
          originalReferenceNo: 'R-1',
          otp: '123456',
        }),
      /inquireAccount/,
      'P-1',
    ],
    [
      'bindAccount',
      () =>
        library.wallet.bindAccount({
          partnerReferenceNo: 'P-4',
          redirectUrl: 'https://shop.example/bound',
          successParams: { accountId: '1944898701' },
        }),
      /Nothing is bound/,
      'P-4',
    ],
    [
      'unbindAccount',
      () => library.wallet.unbindAccount({ partnerReferenceNo: 'P-6', linkId: 'LNK1' }),
      /stays bound/,
      'P-6',
    ],
    [
      'transferToBank',
      () => library.wallet.transferToBank(transfer(), ALICE),
      /getTransaction/,
      'B-1',
    ],
    ['topUp', () => library.wallet.topUp(topUp(), ALICE), /queryTopUp/, 'T-1'],
    ['purchase', () => library.wallet.purchase(purchase(), ALICE), /queryPurchase/, 'S-1'],
    [
      'cancelPurchase',
      () => library.wallet.cancelPurchase({ originalPartnerReferenceNo: 'S-1' }, ALICE),
      /queryPurchase.*cancelled/,
      'S-1',
    ],
    [
      'refundPurchase',
      () => library.wallet.refundPurchase(refund, ALICE),
      /queryPurchase.*refundHistory.*same partnerRefundNo/,
      'S-1',
    ],
  ];

  it.each(ACTS)(
    '%s is sent once, and an open outcome says whom to ask',
    async (name, act, fix, reference) => {
      for (const lost of [
        drop,
        refused('5005400'),
        refused('5045400'),
        refused('4095401'),
        unsigned('{'),
        refused('4045418'),
      ]) {
        gateway.answerCalls(lost);
        const before = gateway.otherCalls.length;

        await expect(act()).rejects.toMatchObject({
          code: 'outcome-unknown',
          retryable: false,
          operation: `wallet.${name}`,
          reference,
          externalId: gateway.otherCalls[before]?.headers['x-external-id'] ?? expect.any(String),
          fix: expect.stringMatching(fix),
        });

        expect(gateway.otherCalls).toHaveLength(before + 1);
      }
    },
  );

  it.each(ACTS)('%s that DOKU refuses is definite, and not sent again', async (_name, act) => {
    gateway.answerCalls(refused('4035414'));
    await expect(act()).rejects.toMatchObject({ code: 'refused', outcome: 'definite' });
    expect(gateway.otherCalls).toHaveLength(1);
  });

  it('takes its own stored answer under 409, and no other', async () => {
    const stored = { responseCode: '2003800', partnerReferenceNo: 'T-1' };
    gateway.answerCalls(unsigned(stored, 409));
    expect(dokuCall(await library.wallet.topUp(topUp('T-1'), ALICE)).replayed).toBe(true);
    await expect(library.wallet.topUp(topUp('T-2'), ALICE)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    gateway.answerCalls(unsigned(stored));
    await expect(library.wallet.topUp(topUp('T-2'), ALICE)).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/answer to another call/),
    });
  });

  it.each(ACTS)('%s takes no answer that is about something else', async (_name, act) => {
    answer({
      responseCode: '2005400',
      referenceNo: 'R-1',
      linkId: 'LNK1',
      nextAction: 'https://w.example/agree',
      partnerReferenceNo: 'X-1',
      originalPartnerReferenceNo: 'X-1',
    });
    await expect(act()).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/answer to another call/),
    });
  });

  it('takes the stored answer of another refund of the purchase for none', async () => {
    const stored = { responseCode: '2005800', originalPartnerReferenceNo: 'S-1' };
    const refundPurchase = () => library.wallet.refundPurchase(refund, ALICE);
    for (const told of [{}, { partnerRefundNo: 'F-2' }]) {
      gateway.answerCalls(unsigned({ ...stored, ...told }, 409));
      await expect(refundPurchase()).rejects.toMatchObject({ code: 'outcome-unknown' });
    }
    gateway.answerCalls(unsigned({ ...stored, partnerRefundNo: 'F-1' }, 409));
    expect(dokuCall(await refundPurchase()).replayed).toBe(true);
  });

  it.each(['4013801', '4013803'])(
    'refused with %s again, gets another token of the customer',
    async (code) => {
      gateway.answerCalls((request, response) => {
        const isNew = tokensOf(request).customer.startsWith('customer-wallet-2');
        const each = isNew ? unsigned({ responseCode: '2003800' }) : refused(code);
        each(request, response);
      });

      await library.wallet.topUp(topUp(), ALICE);

      // The merchant's token first: that is what the standard means.
      const [first, second, third] = gateway.otherCalls.map(tokensOf);
      expect(second?.b2b).not.toBe(first?.b2b);
      expect(second?.customer).toBe(first?.customer);
      expect(third?.customer).not.toBe(first?.customer);
      expect(gateway.otherCalls).toHaveLength(3);
      expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
    },
  );

  it('is made again with the same bytes when only a token was refused', async () => {
    answer({ responseCode: '2003800' });
    await library.wallet.topUp(topUp('T-0'), ALICE);
    let isFirst = true;
    gateway.answerCalls((request, response) => {
      const each = isFirst ? refused('4013802') : unsigned({ responseCode: '2003800' });
      isFirst = false;
      each(request, response);
    });

    await library.wallet.topUp(topUp('T-3'), ALICE);

    const [first, second] = gateway.otherCalls.slice(-2);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers['x-external-id']).not.toBe(first?.headers['x-external-id']);
    expect(gateway.inquiries).toHaveLength(2);
  });
});

const ORIGINAL = { originalPartnerReferenceNo: 'T-1' };

it.each<[string, () => Promise<unknown>]>([
  ['inquireAccount', () => library.wallet.inquireAccount({ additionalInfo: { accountId: '1' } })],
  ['inquireBalance', () => library.wallet.inquireBalance({}, ALICE)],
  ['inquireBankAccount', () => library.wallet.inquireBankAccount(bankInquiry, ALICE)],
  [
    'inquireTopUpAccount',
    () => library.wallet.inquireTopUpAccount({ customerNumber: '1', amount: { value: 1 } }, ALICE),
  ],
  ['queryTopUp', () => library.wallet.queryTopUp(ORIGINAL, ALICE)],
  [
    'queryPurchase',
    () => library.wallet.queryPurchase({ ...ORIGINAL, transactionDate: new Date() }, ALICE),
  ],
  ['getTransaction', () => library.wallet.getTransaction(ORIGINAL, ALICE)],
  [
    'listTransactions',
    () =>
      library.wallet.listTransactions(
        { fromDateTime: new Date(Date.now() - 60_000), toDateTime: new Date() },
        ALICE,
      ),
  ],
])('%s only looks, and is made again after a lost answer', async (_name, act) => {
  await library.tokens.getB2b2cToken({ customer: { accountId: '1944898701' } });
  const before = gateway.calls.length;
  gateway.onCall = (request, response) => {
    if (gateway.calls.length === before + 1) response.destroy();
    else {
      unsigned({
        responseCode: '2001100',
        referenceNo: 'R-1',
        latestTransactionStatus: '00',
        status: 'SUCCESS',
      })(request, response);
    }
  };

  await act();

  expect(gateway.calls).toHaveLength(before + 2);
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'an account without a phone number',
    () => library.wallet.createAccount({ ...creation(), phoneNo: '+62812' }),
    /phoneNo must be 1 to 16 digits/,
  ],
  [
    'an OTP as a number',
    () =>
      library.wallet.verifyOtp({
        originalPartnerReferenceNo: 'P',
        originalReferenceNo: 'R',
        otp: 123456 as never,
      }),
    /otp must be a text \(given a number\)/,
  ],
  [
    'an OTP with letters',
    () =>
      library.wallet.verifyOtp({
        originalPartnerReferenceNo: 'P',
        originalReferenceNo: 'R',
        otp: 'abc123',
      }),
    /otp must be 1 to 8 digits.*like "aaa999"/,
  ],
  [
    'an OTP without its references',
    () => library.wallet.verifyOtp({ otp: '123456' } as never),
    /originalPartnerReferenceNo is mandatory.*originalReferenceNo is mandatory/,
  ],
  [
    'a long reference',
    () => library.wallet.topUp(topUp('x'.repeat(65)), ALICE),
    /partnerReferenceNo must be at most 64/,
  ],
  [
    'half a rupiah',
    () => library.wallet.topUp({ ...topUp(), amount: { value: 0.5 } }, ALICE),
    /amount.value must be rupiah/,
  ],
  [
    'no amount',
    () => library.wallet.purchase({ partnerReferenceNo: 'S' } as never, ALICE),
    /amount is mandatory/,
  ],
  [
    'a transfer without its inquiry',
    () =>
      library.wallet.transferToBank({ ...transfer(), additionalInfo: undefined as never }, ALICE),
    /additionalInfo is mandatory/,
  ],
  [
    'a bank inquiry without a bank',
    () => library.wallet.inquireBankAccount({ ...bankInquiry, additionalInfo: {} as never }, ALICE),
    /additionalInfo.bankCode is mandatory/,
  ],
  [
    'a refund without a number',
    () => library.wallet.refundPurchase({ ...refund, partnerRefundNo: undefined as never }, ALICE),
    /partnerRefundNo is mandatory/,
  ],
  [
    'a redirect to a script',
    () => library.wallet.createAccount({ ...creation(), redirectUrl: 'javascript:alert(1)' }),
    /redirectUrl must be an absolute URL/,
  ],
  [
    'a long redirect',
    () =>
      library.wallet.createAccount({
        ...creation(),
        redirectUrl: `https://x.example/${'a'.repeat(2048)}`,
      }),
    /redirectUrl must be at most 2048/,
  ],
  [
    'an unknown member',
    () => library.wallet.purchase({ ...purchase(), pin: '123456' } as never, ALICE),
    /pin is not a member.*extra/,
  ],
  ['no request', () => library.wallet.unbindAccount(undefined as never), /must be an object/],
  [
    'an unknown merchant',
    () =>
      library.wallet.unbindAccount(
        { partnerReferenceNo: 'P', linkId: 'L' },
        { merchant: 'nobody' },
      ),
    /merchant "nobody" is not configured/,
  ],
  [
    'a date without a zone',
    () =>
      library.wallet.queryPurchase(
        { originalPartnerReferenceNo: 'S', transactionDate: '2026-01-01' },
        ALICE,
      ),
    /transactionDate must be a Date/,
  ],
])('%s is refused before it is sent', async (_what, act, message) => {
  await expect(act()).rejects.toMatchObject({
    code: 'validation',
    message: expect.stringMatching(message),
  });
  expect(gateway.seen).toHaveLength(0);
});

it('OTP, name, phone and page tokens are in no log line and no error, whatever DOKU echoes', async () => {
  const { wallet } = library;
  const failures: unknown[] = [];
  const canaries = [
    '88990017',
    '081299887766',
    'Canary Person',
    'canary@person.example',
    'canary-pin-token',
  ];
  const [otp = '', phoneNo = '', name = '', email = ''] = canaries;
  for (const status of [400, 401, 403, 404, 409, 429, 500]) {
    gateway.answerCalls((request, response) => {
      const told = request.body.toString();
      unsigned(
        { responseCode: `${status}0400`, responseMessage: `${told} ${encodeURIComponent(told)}` },
        status,
      )(request, response);
    });
    const fail = (error: unknown) => failures.push(error);
    await wallet
      .createAccount({ ...creation(createPartnerReference()), phoneNo, name, email })
      .catch(fail);
    await wallet
      .verifyOtp({ originalPartnerReferenceNo: 'P', originalReferenceNo: 'R', otp })
      .catch(fail);
    await wallet
      .verifyOtp({ originalPartnerReferenceNo: 'P', originalReferenceNo: 'R', otp: `${otp}9` })
      .catch(fail);
  }
  answer({
    responseCode: '2000400',
    qparamsURL: 'https://w.example/pin',
    qparams: { token: 'canary-pin-token' },
  });
  await wallet.verifyOtp({ originalPartnerReferenceNo: 'P', originalReferenceNo: 'R', otp });

  expect(failures).toHaveLength(21);
  const shown = [
    ...failures.flatMap((error) => [
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(error),
    ]),
    ...library.logs.lines,
  ].join('\n');
  for (const canary of canaries) expect(shown).not.toContain(canary);
  expect(shown).toMatch(/\[redacted\]/);
});
