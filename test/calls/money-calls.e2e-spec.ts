import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dokuCall } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { OTP, paymentOf, registerCard, SimulatedDoku } from '../harness/simulated-shop.js';

/** What went wrong on the way, and the call still got its answer. */
const SURVIVED = [
  ['drop-after-processing', true],
  ['drop-before-processing', false],
  ['error-500', false],
  ['error-503', false],
  ['error-504', false],
  ['garbage', true],
  ['truncated', true],
  ['wrong-signature', true],
  ['echo-mismatch', true],
  ['redirect', false],
  ['foreign-conflict', false],
] as const;

describe('calls that move money', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary;
  let card: { customerId: string; tokenId: string };

  beforeAll(async () => {
    doku = await SimulatedDoku.start();
    library = await startLibrary({ baseUrl: doku.url });
    card = await registerCard(library, doku);
  });

  afterEach(async () => {
    await doku.clearFaults();
    expect(doku.simulator.ledger.debitedTwice()).toEqual([]);
  });

  afterAll(async () => {
    await library.close();
    await doku.stop();
  });

  it.each(SURVIVED)(
    'survive %s with one repeat, and are carried out once',
    async (fault, processed) => {
      await doku.fault('cimb.createPayment', fault);
      const request = paymentOf(card);

      const counted = await doku.counting('cimb.createPayment', async () => {
        const payment = await library.cimb.createPayment(request);
        expect(payment.order.invoice_number).toBe(request.order.invoice_number);
        expect(dokuCall(payment).replayed).toBe(processed);
        expect(dokuCall(payment).httpStatus).toBe(processed ? 409 : 201);
      });

      expect(counted).toEqual({ received: 2, processed: 1 });
    },
  );

  it('repeat the same Request-Id and bytes with a signature of their own', async () => {
    await doku.fault('cimb.createPayment', 'drop-before-processing', { times: 2 });
    const request = paymentOf(card);

    const payment = await library.cimb.createPayment(request);

    const attempts = (await doku.requests('cimb.createPayment')).slice(-3);
    const ids = new Set(attempts.map(({ headers }) => headers['request-id']));
    expect([...ids]).toEqual([dokuCall(payment).requestId]);
    expect(new Set(attempts.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it.each([
    ['drop-after-processing', 'outcome-unknown', 'unknown'],
    ['error-500', 'outcome-unknown', 'unknown'],
    ['error-504', 'outcome-unknown', 'unknown'],
    ['garbage', 'outcome-unknown', 'unknown'],
    ['wrong-signature', 'outcome-unknown', 'unknown'],
    ['foreign-conflict', 'outcome-unknown', 'unknown'],
    ['redirect', 'outcome-unknown', 'unknown'],
  ] as const)('give up after two repeats of %s: %s', async (fault, code, outcome) => {
    await doku.fault('cimb.createPayment', fault, { times: null });
    const request = paymentOf(card);

    const counted = await doku.counting('cimb.createPayment', async () => {
      await expect(library.cimb.createPayment(request)).rejects.toMatchObject({
        name: 'DokuOutcomeUnknownError',
        code,
        outcome,
        retryable: false,
        operation: 'cimb.createPayment',
        reference: request.order.invoice_number,
        requestId: expect.any(String),
        fix: expect.stringMatching(/status/),
      });
    });

    expect(counted.received).toBe(3);
    expect(counted.processed).toBeLessThanOrEqual(1);
  });

  it('are resolved by the caller with the same Request-Id, even after an unknown outcome', async () => {
    await doku.fault('cimb.createPayment', 'drop-after-processing', { times: 3 });
    const request = paymentOf(card);
    const requestId = `again-${request.order.invoice_number}`;
    await expect(library.cimb.createPayment(request, { requestId })).rejects.toMatchObject({
      code: 'outcome-unknown',
    });

    const payment = await library.cimb.createPayment(request, { requestId });

    expect(dokuCall(payment)).toMatchObject({ replayed: true, httpStatus: 409, requestId });
  });

  it.each(['hang', 'drip'])(
    'end at their deadline when DOKU does %s, and are not repeated',
    async (fault) => {
      await doku.fault('cimb.createPayment', fault, { ms: 20 });
      const request = paymentOf(card);
      const started = performance.now();

      const counted = await doku.counting('cimb.createPayment', async () => {
        await expect(
          library.cimb.createPayment(request, { timeoutMs: 1_000 }),
        ).rejects.toMatchObject({
          code: 'outcome-unknown',
          message: expect.stringMatching(/deadline of 1000 ms/),
        });
      });

      expect(performance.now() - started).toBeLessThan(2_000);
      expect(counted.received).toBe(1);
    },
  );

  it('have an unknown outcome when the caller aborts after sending', async () => {
    await doku.fault('cimb.createPayment', 'hang');
    const before = await doku.counters('cimb.createPayment');
    const abort = new AbortController();
    const call = library.cimb.createPayment(paymentOf(card), { signal: abort.signal });
    const outcome = expect(call).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/caller aborted/),
    });
    while ((await doku.counters('cimb.createPayment')).received === before.received);

    abort.abort();

    await outcome;
  });

  it('were not sent when the caller aborted before', async () => {
    const counted = await doku.counting('cimb.createPayment', async () => {
      await expect(
        library.cimb.createPayment(paymentOf(card), { signal: AbortSignal.abort() }),
      ).rejects.toMatchObject({ code: 'unavailable', outcome: 'definite', retryable: true });
    });

    expect(counted.received).toBe(0);
  });

  it('never take the stored answer of another invoice for theirs', async () => {
    const first = paymentOf(card);
    const second = paymentOf(card);
    const requestId = `used-${first.order.invoice_number}`;
    await library.cimb.createPayment(first, { requestId });

    await expect(library.cimb.createPayment(second, { requestId })).rejects.toMatchObject({
      code: 'outcome-unknown',
      httpStatus: 409,
    });
  });

  it('refund once, whatever happens to the answer', async () => {
    const request = paymentOf(card);
    const invoice = request.order.invoice_number;
    const payment = await library.cimb.createPayment(request);
    await library.cimb.validatePaymentOtp({ payment: { token: payment.payment.token, otp: OTP } });
    await doku.fault('cimb.refund', 'drop-after-processing');

    const refund = await library.cimb.refund({
      order: { invoice_number: invoice },
      payment: { original_request_id: dokuCall(payment).requestId },
      refund: { amount: 90_000 },
    });

    expect(dokuCall(refund).replayed).toBe(true);
    expect(doku.simulator.ledger.balanceOf(invoice)).toEqual({ paid: 90_000, refunded: 90_000 });
    await expect(
      library.cimb.refund({
        order: { invoice_number: invoice },
        payment: { original_request_id: dokuCall(payment).requestId },
        refund: { amount: 1 },
      }),
    ).rejects.toMatchObject({ code: 'refused', httpStatus: 400 });
  });

  it.each([
    ['drop-after-processing', 'outcome-unknown'],
    ['error-500', 'outcome-unknown'],
    ['garbage', 'outcome-unknown'],
    ['drop-before-processing', 'outcome-unknown'],
  ])('never send an OTP twice (%s)', async (fault, code) => {
    const payment = await library.cimb.createPayment(paymentOf(card));
    const { token } = payment.payment;
    for (const [operation, call] of [
      ['cimb.resendPaymentOtp', () => library.cimb.resendPaymentOtp({ payment: { token } })],
      [
        'cimb.validatePaymentOtp',
        () => library.cimb.validatePaymentOtp({ payment: { token, otp: OTP } }),
      ],
    ] as const) {
      await doku.fault(operation, fault);
      const counted = await doku.counting(operation, async () => {
        await expect(call()).rejects.toMatchObject({ code, outcome: 'unknown' });
      });
      expect(counted.received).toBe(1);
    }
  });

  it('double-charge a customer of a gateway that does not know its Request-Ids, and the ledger sees it', async () => {
    const forgetful = await SimulatedDoku.start();
    await forgetful.post('/settings', { idempotency: false });
    const reckless = await startLibrary({ baseUrl: forgetful.url });
    const noOtp = await registerCard(reckless, forgetful, '8000100020001111');
    await forgetful.fault('cimb.createPayment', 'drop-after-processing');

    await reckless.cimb.createPayment(paymentOf(noOtp));

    expect(forgetful.simulator.ledger.debitedTwice()).toHaveLength(1);
    await reckless.close();
    await forgetful.stop();
  });
});

describe('reads', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary;
  const customer = { id: 'cust-reads' };

  beforeAll(async () => {
    doku = await SimulatedDoku.start();
    library = await startLibrary({ baseUrl: doku.url });
  });

  afterAll(async () => {
    await library.close();
    await doku.stop();
  });

  it.each(['error-500', 'garbage', 'drop-after-processing', 'wrong-signature', 'redirect'])(
    'are repeated after %s',
    async (fault) => {
      await doku.fault('cimb.listTokens', fault, { times: 2 });

      expect(await library.cimb.listTokens({ customer })).toEqual([]);
    },
  );

  it.each([
    ['error-503', 'unavailable'],
    ['garbage', 'unavailable'],
    ['wrong-signature', 'signature'],
    ['echo-mismatch', 'signature'],
  ])('end after two repeats of %s with the definite error %s', async (fault, code) => {
    await doku.fault('cimb.listTokens', fault, { times: null });

    await expect(library.cimb.listTokens({ customer })).rejects.toMatchObject({
      code,
      outcome: 'definite',
      retryable: true,
    });
    await doku.clearFaults();
  });

  it.each([
    ['strict', 'signature'],
    ['when-present', undefined],
    ['off', undefined],
  ] as const)(
    'with verifyResponses %s see an unsigned answer as %s',
    async (verifyResponses, code) => {
      const careful = await startLibrary({ baseUrl: doku.url, http: { verifyResponses } });
      await doku.fault('cimb.listTokens', 'unsigned', { times: 3 });

      const answer = careful.cimb.listTokens({ customer });

      if (code) await expect(answer).rejects.toMatchObject({ code });
      else expect(await answer).toEqual([]);
      await doku.clearFaults();
      await careful.close();
    },
  );

  it('with verifyResponses off take a wrongly signed answer', async () => {
    const trusting = await startLibrary({ baseUrl: doku.url, http: { verifyResponses: 'off' } });
    await doku.fault('cimb.listTokens', 'wrong-signature');

    expect(await trusting.cimb.listTokens({ customer })).toEqual([]);
    await trusting.close();
  });

  it('accept an answer signed with the previous secret while the secret rotates', async () => {
    const rotating = await startLibrary({
      baseUrl: doku.url,
      previousSecretKeys: ['SK-previous-1'],
    });

    expect(await rotating.cimb.listTokens({ customer })).toEqual([]);
    await rotating.close();
  });
});
