import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, dokuCall } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const PHONE = '628238748728423';
const options = { ipAddress: '192.168.1.1', deviceId: '912f12e223624d2e94828b168199aa' };

const bindingOf = (custIdMerchant: string, phoneNo = PHONE) => ({
  phoneNo,
  additionalInfo: {
    custIdMerchant,
    successRegistrationUrl: 'https://shop.example/ok',
    failedRegistrationUrl: 'https://shop.example/failed',
    deviceModel: 'Pixel 8',
    osType: 'android' as const,
    channelId: 'app' as const,
  },
});

const paymentOf = (amount: number, partnerReferenceNo = createPartnerReference()) => ({
  partnerReferenceNo,
  amount: { value: amount },
  payOptionDetails: [{ payMethod: 'BALANCE' as const, transAmount: { value: amount } }],
  additionalInfo: {
    remarks: 'Order 1',
    successPaymentUrl: 'https://shop.example/ok',
    failedPaymentUrl: 'https://shop.example/failed',
    lineItems: [{ name: 'Kopi susu – café', price: amount, quantity: 1 }],
  },
});

describe.each([
  ['java', '2000700', 'instant'],
  ['node', '2005800', 'seconds'],
] as const)(
  'a shop with Allo, at a DOKU that spells as its %s library',
  (alloSpelling, refundSuccessCode, customerTokenExpiry) => {
    let doku: SimulatedDoku;
    let library: StartedLibrary;
    let customer: { authCode: string };

    beforeAll(async () => {
      doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
      await doku.post('/settings', { alloSpelling, refundSuccessCode, customerTokenExpiry });
      library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
    });

    beforeEach(async () => {
      const { additionalInfo } = await library.allo.bindAccount(bindingOf('cust-1'), options);
      customer = { authCode: additionalInfo?.authCode ?? '' };
      await doku.post(`/bindings/${customer.authCode}/approve`, {});
    });

    afterAll(async () => {
      await library.close();
      await doku.stop();
    });

    const balance = async (): Promise<string | undefined> => {
      const { accountInfos } = await library.allo.inquireBalance({}, { ...options, customer });
      return accountInfos[0]?.amount?.value;
    };

    it('binds, looks, charges, asks, gives back and unbinds', async () => {
      const again = await library.allo.bindAccount(bindingOf('cust-1'), options);
      expect(again).toMatchObject({
        status: 'page-created',
        redirectUrl: expect.stringContaining(again.additionalInfo?.authCode ?? 'none'),
        additionalInfo: { accountStatus: 'PENDING', custIdMerchant: 'cust-1' },
      });
      const before = Number(await balance());
      const request = paymentOf(50_000);
      const reference = request.partnerReferenceNo;

      const payment = await library.allo.createPayment(request, { ...options, customer });

      expect(payment).toMatchObject({ status: 'page-created', partnerReferenceNo: reference });
      const asked = { originalPartnerReferenceNo: reference };
      expect(await library.allo.checkStatus(asked)).toMatchObject({ status: 'pending' });
      await doku.post(`/payments/${reference}/approve`, {});
      expect(await library.allo.checkStatus(asked)).toMatchObject({
        status: 'paid',
        latestTransactionStatus: '00',
        transAmount: { value: '50000.00' },
        requestID: expect.any(String),
      });
      expect(Number(await balance())).toBe(before - 50_000);

      const partOf = (partnerRefundNo: string, value: number) =>
        library.allo.refund(
          {
            originalPartnerReferenceNo: reference,
            originalExternalId: dokuCall(payment).externalId,
            refundAmount: { value },
            partnerRefundNo,
          },
          { ...options, customer },
        );
      expect(await partOf('RFD-1', 10_000)).toMatchObject({
        status: 'accepted',
        responseCode: refundSuccessCode,
        refundAmount: { value: '10000.00' },
        partnerRefundNo: 'RFD-1',
      });
      await expect(partOf('RFD-2', 40_001)).rejects.toMatchObject({ code: 'refused' });
      expect(await partOf('RFD-2', 40_000)).toMatchObject({ status: 'accepted' });
      const history = await library.allo.checkStatus(asked);
      expect(history.status).toBe('refunded');
      expect(history.refundHistory?.map(({ refundAmount }) => refundAmount?.value)).toEqual([
        '10000.00',
        '40000.00',
      ]);
      expect(Number(await balance())).toBe(before);
      expect(doku.simulator.ledger.balanceOf(reference)).toEqual({
        paid: 50_000,
        refunded: 50_000,
      });

      expect(await library.allo.unbindAccount({}, { ...options, customer })).toMatchObject({
        status: 'accepted',
      });
      await expect(balance()).rejects.toMatchObject({
        code: 'authentication',
        responseCode: '4017400',
      });
      await expect(library.allo.unbindAccount({}, { ...options, customer })).rejects.toMatchObject({
        code: 'authentication',
        responseCode: '4017400',
      });
    });

    it('cannot bind an account to a second customer', async () => {
      await expect(library.allo.bindAccount(bindingOf('cust-2'), options)).rejects.toMatchObject({
        code: 'refused',
        responseCode: '4030715',
      });
    });

    it('has a failed payment when the customer declines, and a refusal for want of money', async () => {
      const request = paymentOf(1_000);
      await library.allo.createPayment(request, { ...options, customer });
      await doku.post(`/payments/${request.partnerReferenceNo}/decline`, {});
      expect(
        await library.allo.checkStatus({ originalPartnerReferenceNo: request.partnerReferenceNo }),
      ).toMatchObject({ status: 'failed' });

      await expect(
        library.allo.createPayment(paymentOf(51_051), { ...options, customer }),
      ).rejects.toMatchObject({ code: 'refused', responseCode: '4035414' });
    });

    it('learns by checkStatus what became of a payment whose answer was lost', async () => {
      const request = paymentOf(2_000);
      const asked = { originalPartnerReferenceNo: request.partnerReferenceNo };
      await doku.fault('allo.createPayment', 'drop-after-processing');

      await expect(
        library.allo.createPayment(request, { ...options, customer }),
      ).rejects.toMatchObject({
        code: 'outcome-unknown',
        reference: request.partnerReferenceNo,
        fix: expect.stringMatching(/AlloDirectDebitService\.checkStatus/),
      });

      expect(await library.allo.checkStatus(asked)).toMatchObject({ status: 'pending' });
      await doku.post(`/payments/${request.partnerReferenceNo}/approve`, {});
      expect(await library.allo.checkStatus(asked)).toMatchObject({ status: 'paid' });
      // The same reference again is no second payment.
      await expect(
        library.allo.createPayment(request, { ...options, customer }),
      ).rejects.toMatchObject({ code: 'outcome-unknown', responseCode: '4095401' });
      expect(doku.simulator.ledger.debitedTwice()).toEqual([]);
    });

    it('is told that DOKU does not know a payment', async () => {
      await expect(
        library.allo.checkStatus({ originalPartnerReferenceNo: createPartnerReference() }),
      ).rejects.toMatchObject({ code: 'refused', responseCode: '4045501' });
    });
  },
);
