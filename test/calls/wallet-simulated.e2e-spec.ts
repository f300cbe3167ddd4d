import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPartnerReference,
  readWalletAccountRedirect,
  readWalletBindingRedirect,
} from 'nestjs-doku';
import { DEFAULT_AUTH_CODE_SECRET_KEY } from 'nestjs-doku-simulator';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { OTP, SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const PHONE = '6281212340010';

describe.each(['sdk', 'standard'])(
  'a shop with the wallet, at a DOKU that spells as the %s',
  (walletSpelling) => {
    let doku: SimulatedDoku;
    let library: StartedLibrary;

    beforeAll(async () => {
      doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
      await doku.post('/settings', { walletSpelling });
      library = await startLibrary({
        baseUrl: doku.url,
        privateKey: MERCHANT_PRIVATE_KEY,
        authCodeSecretKey: DEFAULT_AUTH_CODE_SECRET_KEY,
      });
    });
    afterAll(async () => {
      await library.close();
      await doku.stop();
    });

    it('opens, binds, looks, moves money in every way, and unbinds', async () => {
      const { wallet, tokens } = library;
      const creation = await wallet.createAccount({
        partnerReferenceNo: createPartnerReference(),
        name: 'Budi',
        phoneNo: PHONE,
        email: 'budi@example.com',
        redirectUrl: 'https://shop.example/opened?mine=1',
      });
      await expect(
        wallet.verifyOtp({ ...creation.forVerifyOtp, otp: '000000' }),
      ).rejects.toMatchObject({ code: 'refused', responseCode: '4040415' });
      const { pinPageUrl = '' } = await wallet.verifyOtp({ ...creation.forVerifyOtp, otp: OTP });
      expect((await fetch(pinPageUrl)).status).toBe(200);
      const [registration] = (await doku.get('/wallet-registrations')) as { id: string }[];
      const opened = (await doku.post(`/wallet-registrations/${registration?.id}/approve`, {})) as {
        redirectUrl: string;
      };
      const account = readWalletAccountRedirect(opened.redirectUrl).unverified;
      expect(account).toMatchObject({
        partnerReferenceNo: creation.partnerReferenceNo,
        status: 'SUCCESS',
      });
      const customer = { accountId: account.accountId };

      const { linkId } = await wallet.bindAccount({
        partnerReferenceNo: createPartnerReference(),
        redirectUrl: 'https://shop.example/bound/once-1',
        successParams: customer,
      });
      // Nothing is bound yet, so that there is no authCode to be had.
      await expect(wallet.inquireBalance({}, { customer })).rejects.toMatchObject({
        code: 'authentication',
        fix: expect.stringMatching(/bind/),
      });
      const bound = (await doku.post(`/bindings/${linkId}/approve`, {})) as { redirectUrl: string };
      const { authCode } = readWalletBindingRedirect(bound.redirectUrl).unverified;
      const { refreshToken = '' } = await tokens.getB2b2cToken({ customer: { authCode } });
      await wallet.inquireBalance({}, { customer: { refreshToken } });
      const balance = async () => {
        const { accountInfos } = await wallet.inquireBalance({}, { customer });
        return Number(accountInfos[0]?.availableBalance?.value);
      };
      const before = await balance();

      const bank = await wallet.inquireBankAccount(
        {
          customerNumber: PHONE,
          beneficiaryAccountNumber: '888801000157508',
          amount: { value: 25_000 },
          additionalInfo: { bankCode: '014' },
        },
        { customer },
      );
      const transfer = { partnerReferenceNo: createPartnerReference(), accountType: 'S' };
      await wallet.transferToBank({ ...bank.forTransferToBank, ...transfer }, { customer });
      expect(await balance()).toBe(before - 25_000);
      expect(
        await wallet.getTransaction(
          { originalPartnerReferenceNo: transfer.partnerReferenceNo },
          { customer },
        ),
      ).toMatchObject({ status: 'SUCCESS', type: 'DISBURSMENT', amount: { value: '25000.00' } });

      const inquiry = await wallet.inquireTopUpAccount(
        { customerNumber: PHONE, amount: { value: 100_000 } },
        { customer },
      );
      const topUp = await wallet.topUp(
        { ...inquiry.forTopUp, partnerReferenceNo: createPartnerReference() },
        { customer },
      );
      expect(await wallet.queryTopUp(topUp.forQueryTopUp, { customer })).toMatchObject({
        status: 'paid',
        amount: { value: '100000.00' },
      });

      const buy = async (value: number) => {
        const { status, forQueryPurchase, partnerReferenceNo } = await wallet.purchase(
          { partnerReferenceNo: createPartnerReference(), amount: { value } },
          { customer },
        );
        expect(status).toBe('page-created');
        const ask = () => wallet.queryPurchase(forQueryPurchase, { customer });
        expect((await ask()).status).toBe('pending');
        await doku.post(`/payments/${partnerReferenceNo}/approve`, {});
        expect((await ask()).status).toBe('paid');
        return { originalPartnerReferenceNo: partnerReferenceNo ?? '', ask };
      };
      const { ask: askCancelled, ...cancelled } = await buy(40_000);
      await wallet.cancelPurchase({ ...cancelled, reason: 'Out of stock' }, { customer });
      expect((await askCancelled()).status).toBe('cancelled');
      const { ask: askRefunded, ...refunded } = await buy(50_000);
      const partnerRefundNo = createPartnerReference();
      await wallet.refundPurchase(
        { ...refunded, partnerRefundNo, refundAmount: { value: 10_000 } },
        { customer },
      );
      expect((await askRefunded()).refundHistory).toMatchObject([
        { partnerRefundNo, refundAmount: { value: '10000.00' } },
      ]);
      expect(await balance()).toBe(before - 25_000 + 100_000 - 40_000);

      const range = {
        fromDateTime: new Date(Date.now() - 3_600_000),
        toDateTime: new Date(Date.now() + 60_000),
        pageSize: 2,
      };
      const types: unknown[] = [];
      for await (const { type } of wallet.transactions(range, { customer })) types.push(type);
      expect(types.sort()).toEqual(
        ['DISBURSMENT', 'PAYMENT', 'PAYMENT', 'REFUND', 'TOP_UP'].sort(),
      );

      const { forVerifyOtp, status } = await wallet.unbindAccount({
        partnerReferenceNo: createPartnerReference(),
        linkId,
      });
      expect(status).toBe('otp-needed');
      if (!forVerifyOtp) throw new Error('no references');
      await wallet.verifyOtp({ ...forVerifyOtp, otp: OTP });
      await expect(balance()).rejects.toMatchObject({ code: 'authentication' });
    });
  },
);
