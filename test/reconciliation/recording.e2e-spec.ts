import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import {
  createPartnerReference,
  type DokuModuleOptions,
  DokuReconciler,
  type DokuReconciliationOptions,
} from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { MemoryDelivery } from '../harness/memory-delivery.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { alloPaymentOf, SHOPPER } from '../harness/snap-shopper.js';

const SECRETS = {
  cardToken: 'cardtokencanary123',
  phone: '6281394130621',
  email: 'canary@example.com',
  idCard: '3174000011112222',
  cpan: '9360001609987000000',
  otp: '48151623',
  bankCardToken: 'bankcardtokencanary',
  authCode: 'authcodecanary2238241007',
  extra: 'extracanary',
  customerNumber: '6281200009999',
};

describe('recording a call', () => {
  let gateway: SnapGateway;
  let delivery: MemoryDelivery;
  let library: StartedLibrary;

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
  });
  afterEach(async () => {
    await library.close();
    gateway.seen.length = 0;
    gateway.onCall = lost;
  });
  afterAll(() => gateway.stop());

  /** It arrives, and no answer comes. */
  const lost: SnapGateway['onCall'] = (_request, response) => {
    response.destroy();
  };

  const start = async (
    reconciliation: DokuReconciliationOptions = {},
    more: Partial<DokuModuleOptions> = {},
  ): Promise<void> => {
    delivery = new MemoryDelivery();
    gateway.onCall = lost;
    library = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      notifications: { delivery: delivery.option },
      reconciliation,
      ...more,
    });
  };

  const kkiPayment = (partnerReferenceNo = createPartnerReference()) => ({
    partnerReferenceNo,
    amount: { value: 50_000 },
    cpan: SECRETS.cpan,
    otp: SECRETS.otp,
  });
  const cimbPayment = () => ({
    customer: {
      id: 'cust-1',
      phone: SECRETS.phone,
      email: SECRETS.email,
      id_card: SECRETS.idCard,
    },
    order: { invoice_number: 'INV-1', amount: '90000.00' },
    payment: { token_id: SECRETS.cardToken },
  });
  const failureOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('happens before its first byte is sent', async () => {
    await start();
    let sentBefore: number | undefined;
    delivery.intents.beforeRecord = () => {
      sentBefore = gateway.seen.length;
      return Promise.resolve();
    };
    const request = kkiPayment();

    await expect(library.kki.createPayment(request)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });

    expect(sentBefore).toBe(0);
    expect(delivery.open).toEqual([
      {
        merchant: 'default',
        channel: 'kki',
        operation: 'kki.createPayment',
        kind: 'payment',
        reference: request.partnerReferenceNo,
        attempt: '',
        amount: { value: '50000.00', currency: 'IDR' },
        ids: { externalId: expect.stringMatching(/^\d{32}$/) },
        recordedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        call: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
  });

  it('keeps nothing that could be a credential, nor who the customer is', async () => {
    await start();
    const { cimb, bri, allo, kki, wallet } = library;
    const customer = { authCode: SECRETS.authCode };
    const short = { timeoutMs: 300 };
    const partnerReferenceNo = createPartnerReference();
    const refund = {
      originalPartnerReferenceNo: partnerReferenceNo,
      partnerRefundNo: 'RFD-1',
      refundAmount: { value: 1_000 },
      reason: SECRETS.extra,
    };
    const briRequest = {
      ...cimbPayment(),
      order: { invoice_number: 'INV-2', amount: 90_000 },
    };
    await Promise.allSettled([
      cimb.createPayment(cimbPayment(), { ...short, extra: { secret: SECRETS.extra } }),
      bri.createPayment(briRequest, short),
      bri.createRecurringPayment(briRequest, short),
      allo.createPayment(alloPaymentOf(), { ...SHOPPER, customer }),
      allo.refund({ ...refund }, { ...SHOPPER, customer }),
      kki.createPayment(kkiPayment()),
      kki.createPayment({
        partnerReferenceNo: createPartnerReference(),
        amount: { value: 1_000 },
        bankCardToken: SECRETS.bankCardToken,
      }),
      wallet.topUp(
        {
          partnerReferenceNo: 'TOPUP-1',
          customerNumber: SECRETS.customerNumber,
          amount: { value: 1_000 },
          notes: SECRETS.extra,
        },
        { customer },
      ),
      wallet.purchase(
        {
          partnerReferenceNo: 'BUY-1',
          amount: { value: 1_000 },
          otp: SECRETS.otp,
          bankCardToken: SECRETS.bankCardToken,
        },
        { customer },
      ),
    ]);

    const kept = JSON.stringify(delivery.open);
    expect(delivery.open).toHaveLength(9);
    for (const secret of Object.values(SECRETS)) expect(kept).not.toContain(secret);
  });

  it('tells attempts of one invoice apart by their Request-Id', async () => {
    await start();
    const first = await failureOf(library.cimb.createPayment(cimbPayment(), { timeoutMs: 300 }));
    const { requestId } = first as { requestId: string };
    await failureOf(library.cimb.createPayment(cimbPayment(), { timeoutMs: 300, requestId }));
    await failureOf(library.cimb.createPayment(cimbPayment(), { timeoutMs: 300 }));

    expect(delivery.open.map(({ attempt }) => attempt)).toEqual([
      requestId,
      expect.not.stringMatching(requestId),
    ]);
  });

  it('fails: then nothing is sent, and the error says what to do', async () => {
    await start();
    delivery.intents.beforeRecord = () => Promise.reject(new Error('ECONNREFUSED'));

    const failure = await failureOf(library.kki.createPayment(kkiPayment()));

    expect(failure).toMatchObject({
      code: 'unavailable',
      outcome: 'definite',
      retryable: true,
      operation: 'kki.createPayment',
      message: expect.stringContaining('ECONNREFUSED'),
      fix: expect.stringMatching(/Nothing was sent.*engine.*reconciliation\.bestEffort/),
    });
    expect(gateway.seen).toEqual([]);
  });

  it('fails with bestEffort: then the call is made, with a warning', async () => {
    await start({ bestEffort: true });
    delivery.intents.beforeRecord = () => Promise.reject(new Error('ECONNREFUSED'));

    const failure = await failureOf(library.kki.createPayment(kkiPayment()));

    expect(failure).toMatchObject({ code: 'outcome-unknown' });
    expect(gateway.calls).toHaveLength(1);
    expect(delivery.open).toEqual([]);
    expect(
      library.logs.matching(/^warn .*kki\.createPayment.*without being recorded.*ECONNREFUSED/),
    ).toHaveLength(1);
  });

  it.each([{}, { bestEffort: true }])(
    'may take no longer than the call may (%j), and is undone when it ends too late',
    async (reconciliation) => {
      await start(reconciliation);
      let end: () => void = () => undefined;
      delivery.intents.beforeRecord = () => new Promise((resolve) => (end = resolve));

      const failure = await failureOf(library.kki.createPayment(kkiPayment(), { timeoutMs: 50 }));
      expect(failure).toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/could not be recorded: its deadline of 50 ms passed/),
      });
      expect(gateway.seen).toEqual([]);
      const before = delivery.intents.settled;
      end();

      await eventually(() => delivery.intents.settled === before + 1);
      expect(delivery.open).toEqual([]);
    },
  );

  it('does not happen for what was never sent', async () => {
    await start();
    const controller = new AbortController();
    controller.abort();

    await failureOf(library.kki.createPayment(kkiPayment(), { signal: controller.signal }));
    await failureOf(library.kki.createPayment({ ...kkiPayment(), otp: '' }));

    expect(delivery.open).toEqual([]);
    expect(delivery.intents.settled).toBe(0);
  });

  it.each<[string, SnapGateway['onCall'], SnapGateway['onToken']]>([
    ['DOKU says no', unsigned({ responseCode: '4035414', responseMessage: 'No' }, 403), undefined],
    ['there is no token', lost, unsigned({ responseCode: '4017300' }, 401)],
  ])('is undone when %s', async (_why, onCall, onToken) => {
    await start();
    gateway.onCall = onCall;
    gateway.onToken = onToken;

    const failure = await failureOf(library.kki.createPayment(kkiPayment()));
    gateway.onToken = undefined;

    expect(failure).toMatchObject({ outcome: 'definite' });
    expect(delivery.intents.settled).toBe(1);
    expect(delivery.open).toEqual([]);
  });

  it('can be switched off', async () => {
    await start({ enabled: false });

    await failureOf(library.kki.createPayment(kkiPayment()));

    expect(delivery.open).toEqual([]);
    expect(delivery.intents.asker).toBeUndefined();
  });

  it('does not happen with inline delivery, and the reconciler says what it needs', async () => {
    await start({}, { notifications: {} });
    await failureOf(library.kki.createPayment(kkiPayment()));
    const reconciler = library.moduleRef.get(DokuReconciler, { strict: false });

    await expect(
      reconciler.reconcile({ operation: 'kki.createPayment', reference: 'INV-1' }),
    ).rejects.toMatchObject({
      code: 'configuration',
      option: 'notifications.delivery',
      message: expect.stringMatching(/durable delivery.*bullMqDelivery/),
    });
  });
});
