import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPartnerReference, type DokuCallOptions, OvoService } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

describe('a shop with OVO', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary;
  let ovo: OvoService;
  let options: DokuCallOptions;

  beforeAll(async () => {
    doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
    ovo = library.moduleRef.get(OvoService, { strict: false });
    const binding = await ovo.bindAccount({
      phoneNo: '628238748728423',
      additionalInfo: {
        custIdMerchant: 'cust-1',
        successRegistrationUrl: 'https://shop.example/bound',
        failedRegistrationUrl: 'https://shop.example/not-bound',
      },
    });
    const authCode = binding.additionalInfo?.authCode ?? '';
    expect(await (await fetch(binding.redirectUrl ?? '')).text()).toContain('stands in for OVO');
    await doku.post(`/bindings/${authCode}/approve`, {});
    options = { customer: { authCode } };
  });

  afterAll(async () => {
    await library.close();
    await doku.stop();
  });

  const holdings = async (): Promise<string[]> => {
    const { accountInfos } = await ovo.inquireBalance({}, options);
    return accountInfos.map(({ balanceType, amount }) => `${balanceType} ${amount?.value}`);
  };
  const statusOf = async (originalPartnerReferenceNo: string): Promise<string> =>
    (await ovo.checkStatus({ originalPartnerReferenceNo })).status;

  it('charges cash and points on a page, and gives back', async () => {
    const partnerReferenceNo = createPartnerReference();
    const payment = await ovo.createPayment(
      {
        partnerReferenceNo,
        feeType: 'OUR',
        amount: { value: 50_000 },
        payOptionDetails: [
          { payMethod: 'CASH', transAmount: { value: 40_000 }, feeAmount: { value: 0 } },
          { payMethod: 'POINTS', transAmount: { value: 10_000 } },
        ],
        additionalInfo: {
          paymentType: 'SALE',
          successPaymentUrl: 'https://shop.example/paid',
          failedPaymentUrl: 'https://shop.example/not-paid',
        },
      },
      options,
    );
    expect(payment).toMatchObject({ status: 'page-created', webRedirectUrl: expect.any(String) });
    expect(await statusOf(partnerReferenceNo)).toBe('pending');

    await doku.post(`/payments/${partnerReferenceNo}/approve`, {});

    expect(await statusOf(partnerReferenceNo)).toBe('paid');
    expect(await holdings()).toEqual(['CASH 960000.00', 'POINTS 40000.00']);
    const refund = await ovo.refund(
      {
        originalPartnerReferenceNo: partnerReferenceNo,
        partnerRefundNo: createPartnerReference(),
        refundAmount: { value: 50_000 },
      },
      options,
    );
    expect(refund).toMatchObject({ status: 'accepted', refundAmount: { value: '50000.00' } });
    expect(await statusOf(partnerReferenceNo)).toBe('refunded');
    expect(doku.simulator.ledger.balanceOf(partnerReferenceNo)).toEqual({
      paid: 50_000,
      refunded: 50_000,
    });
  });

  it('charges without a page what recurs, once', async () => {
    const partnerReferenceNo = createPartnerReference();
    const request = {
      partnerReferenceNo,
      amount: { value: 20_000 },
      payOptionDetails: [{ payMethod: 'CASH' as const, transAmount: { value: 20_000 } }],
      additionalInfo: { paymentType: 'RECURRING' as const },
    };

    expect(await ovo.createPayment(request, options)).toMatchObject({ status: 'accepted' });
    await doku.simulator.clock.advance(0);

    expect(await statusOf(partnerReferenceNo)).toBe('paid');
    await expect(ovo.createPayment(request, options)).rejects.toMatchObject({
      code: 'outcome-unknown',
      responseCode: '4095401',
    });
    expect(doku.simulator.ledger.debitedTwice()).toEqual([]);
  });

  it('unbinds, and is then a stranger', async () => {
    expect(await ovo.unbindAccount({}, options)).toMatchObject({ status: 'accepted' });

    await expect(holdings()).rejects.toMatchObject({
      code: 'authentication',
      responseCode: '4017400',
    });
  });
});
