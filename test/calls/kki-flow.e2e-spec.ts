import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, type KkiOptions } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const CPAN = '9360001609987000000';
const OTP = '99999999';

describe('a shop with KKI', () => {
  let doku: SimulatedDoku;
  let library: StartedLibrary | undefined;

  beforeEach(async () => {
    doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
  });

  afterEach(async () => {
    await library?.close();
    await doku.stop();
  });

  const start = async (kki: KkiOptions = {}): Promise<StartedLibrary> => {
    library = await startLibrary({
      baseUrl: doku.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: { kki },
    });
    return library;
  };

  it.each<[string, KkiOptions, object]>([
    ['as guessed', {}, {}],
    ['in bare numbers', { digitsAs: 'number' }, {}],
    [
      'under other names',
      { members: { cpan: 'customerPan', otp: 'code', token: 'dokuToken' }, channel: 'KKI_SNAP' },
      {
        kkiMembers: { cpan: 'customerPan', otp: 'code', token: 'dokuToken' },
        kkiChannel: 'KKI_SNAP',
      },
    ],
  ])('charges and gives back, %s', async (_how, settings, atDoku) => {
    await doku.post('/settings', atDoku);
    const { kki } = await start(settings);
    const partnerReferenceNo = createPartnerReference();

    const payment = await kki.createPayment({
      partnerReferenceNo,
      amount: { value: 50_000 },
      cpan: CPAN,
      otp: OTP,
    });
    await doku.simulator.clock.advance(0);

    expect(payment).toMatchObject({ status: 'accepted', referenceNo: expect.any(String) });
    const asked = { originalPartnerReferenceNo: partnerReferenceNo };
    expect(await kki.checkStatus(asked)).toMatchObject({ status: 'paid' });
    expect(
      await kki.refund({
        originalPartnerReferenceNo: partnerReferenceNo,
        partnerRefundNo: 'INV-REF-0001',
        refundAmount: { value: '50000.00' },
      }),
    ).toMatchObject({ status: 'accepted' });
    expect(await kki.checkStatus(asked)).toMatchObject({ status: 'refunded' });
    expect(doku.simulator.ledger.balanceOf(partnerReferenceNo)).toEqual({
      paid: 50_000,
      refunded: 50_000,
    });
  });

  it('hears of a wrong OTP, and charges nothing', async () => {
    const { kki } = await start();
    const partnerReferenceNo = createPartnerReference();

    await expect(
      kki.createPayment({
        partnerReferenceNo,
        amount: { value: 50_000 },
        cpan: CPAN,
        otp: '12345678',
      }),
    ).rejects.toMatchObject({
      code: 'refused',
      responseCode: '4045415',
      fix: expect.stringMatching(/customer has to act/),
    });
    expect(doku.simulator.ledger.balanceOf(partnerReferenceNo)).toEqual({ paid: 0, refunded: 0 });
  });
});
