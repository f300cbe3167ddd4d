import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, dokuCall } from 'nestjs-doku';

import { ReconcilingShop } from '../harness/reconciling-shop.js';
import { paymentOf, registerCard } from '../harness/simulated-shop.js';
import { alloPaymentOf, bindAccount, SHOPPER } from '../harness/snap-shopper.js';

describe('reconcile()', () => {
  let shop: ReconcilingShop;

  beforeAll(async () => {
    shop = await ReconcilingShop.start();
  });
  beforeEach(() => {
    shop.delivery.forget();
    shop.delivery.outcome = 'queued';
  });
  afterAll(() => shop.close());

  const paid = async () => {
    const request = paymentOf(await registerCard(shop.services, shop.doku, '760012341111'));
    const payment = await shop.services.cimb.createPayment(request);
    return {
      reference: request.order.invoice_number,
      attempt: dokuCall(payment).requestId,
    };
  };

  it('asks by Request-Id, queues what it finds, and settles the intent', async () => {
    const { reference, attempt } = await paid();

    const found = await shop.reconciler.reconcile({
      operation: 'cimb.createPayment',
      reference,
      attempt,
    });

    expect(found).toMatchObject({
      outcome: 'final',
      events: [{ type: 'payment.succeeded', reference, source: 'reconciliation' }],
    });
    expect(shop.delivery.of(reference)).toHaveLength(1);
    expect(shop.delivery.open).toEqual([]);
  });

  it('asks by invoice where the Request-Id is not known, with the same event', async () => {
    const { reference } = await paid();

    const found = await shop.reconciler.reconcile({ operation: 'cimb.createPayment', reference });
    await shop.notify(reference);

    expect(found).toMatchObject({ outcome: 'final' });
    expect(shop.delivery.of(reference)).toHaveLength(1);
    expect(shop.delivery.open).toEqual([]);
  });

  it('takes an intent as it is recorded', async () => {
    const customer = await bindAccount(shop.services, shop.doku, '6281400000001');
    const request = alloPaymentOf();
    await shop.services.allo.createPayment(request, { ...SHOPPER, customer });
    const [intent] = shop.delivery.open;
    if (!intent) throw new Error('nothing was recorded');

    expect(await shop.reconciler.reconcile(intent)).toEqual({ outcome: 'pending' });
    expect(shop.delivery.open).toEqual([intent]);

    await shop.doku.post(`/payments/${request.partnerReferenceNo}/decline`, {});
    expect(await shop.reconciler.reconcile(intent)).toMatchObject({
      outcome: 'final',
      events: [{ type: 'payment.failed' }],
    });
    expect(shop.delivery.open).toEqual([]);
  });

  it('tells that DOKU does not know it, and gives nothing up', async () => {
    const found = await shop.reconciler.reconcile({
      operation: 'kki.createPayment',
      reference: createPartnerReference(),
      recordedAt: '2020-01-01T00:00:00Z',
    });

    expect(found).toEqual({ outcome: 'not-found' });
    expect(shop.delivery.events).toEqual([]);
  });

  it('says so when what it found could not be queued', async () => {
    const { reference, attempt } = await paid();
    shop.delivery.outcome = 'unavailable';

    await expect(
      shop.reconciler.reconcile({ operation: 'cimb.createPayment', reference, attempt }),
    ).rejects.toMatchObject({ code: 'unavailable', retryable: true, reference });
    expect(shop.delivery.open).toHaveLength(1);
  });

  it('takes the customer of this one question', async () => {
    const { wallet } = (await shop.doku.post('/wallets', {
      phoneNo: '6281400000002',
      bind: true,
    })) as { wallet: { accountId: string } };
    const customer = { accountId: wallet.accountId };
    const partnerReferenceNo = createPartnerReference();
    await shop.services.wallet.topUp(
      { partnerReferenceNo, customerNumber: '6281400000002', amount: { value: 10_000 } },
      { customer },
    );
    const request = { operation: 'wallet.topUp', reference: partnerReferenceNo };

    await expect(shop.reconciler.reconcile(request)).rejects.toMatchObject({
      code: 'configuration',
      option: 'reconciliation.customer',
    });
    expect(await shop.reconciler.reconcile(request, { customer })).toMatchObject({
      outcome: 'final',
    });
  });

  it.each([
    [{ operation: 'cimb.refund', reference: 'INV-1' }, /cimb\.refund.*has no query.*cimb\.create/],
    [{ operation: 'allo.refund', reference: 'INV-1' }, /partnerRefundNo/],
    [{ operation: 'allo.createPayment', reference: '' }, /reference must be a text/],
    [
      { operation: 'allo.createPayment', reference: 'a', recordedAt: 'yesterday' },
      /recordedAt must be/,
    ],
    [{ operation: 'allo.createPayment', reference: 'a', merchant: 'nobody' }, /"nobody"/],
  ])('refuses %j', async (request, message) => {
    await expect(shop.reconciler.reconcile(request)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
  });
});
