import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../../doku-simulator.js';
import { valueAt } from '../../engine/json.js';
import { textOf } from '../../testing/cimb-shop.js';
import { MERCHANT_PUBLIC_KEY, SnapMerchant } from '../../testing/snap-merchant.js';
import { codeOf, idr, messageOf, newReference, SnapShop } from '../../testing/snap-shop.js';

const BUDI = '628238748728423';
const SITI = '628111222333';

describe('Allo', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      merchants: [{ clientId: 'MCH-2', secretKey: 'SK-2', merchantPublicKey: MERCHANT_PUBLIC_KEY }],
    });
    shop = await SnapShop.open(simulator.url);
  });
  afterEach(() => simulator.stop());

  const accountOf = async (phoneNo: string): Promise<unknown> => {
    const { body } = await shop.api('GET', 'accounts');
    return (body as { phoneNo: string }[]).find((each) => each.phoneNo === phoneNo);
  };

  describe('binding', () => {
    it('answers a page and a code', async () => {
      const answer = await shop.bind(shop.bindingBody(BUDI, 'cust-1'));
      const authCode = textOf(answer, 'additionalInfo.authCode');

      expect(answer.body).toEqual({
        responseCode: '2000700',
        responseMessage: 'Successful',
        referenceNo: expect.stringMatching(/^[0-9]{12}$/),
        redirectUrl: `${simulator.url}/direct-debit/ui/binding/core/${authCode}`,
        additionalInfo: { custIdMerchant: 'cust-1', accountStatus: 'PENDING', authCode },
      });
      await shop.api('POST', 'settings', { alloSpelling: 'node' });
      const node = await shop.bind(shop.bindingBody(BUDI, 'cust-1'));
      expect(textOf(node, 'additionalInfo.status')).toBe('PENDING');
    });

    it('is one customer of one merchant per account', async () => {
      const rival = await shop.bind(shop.bindingBody(BUDI, 'cust-2'));
      await shop.boundCustomer(BUDI, 'cust-1');
      const second = await shop.bind(shop.bindingBody(BUDI, 'cust-2'));
      const elsewhere = new SnapShop(
        simulator.url,
        new SnapMerchant(simulator.url, 'MCH-2', 'SK-2'),
      );
      await elsewhere.merchant.login();
      const otherMerchant = await elsewhere.bind(elsewhere.bindingBody(BUDI, 'cust-1'));
      const rivalCode = textOf(rival, 'additionalInfo.authCode');
      const late = await shop.api('POST', `bindings/${rivalCode}/approve`);

      expect([second, otherMerchant].map(codeOf)).toEqual(['4030715', '4030715']);
      expect([late.status, textOf(late, 'message')]).toEqual([
        400,
        expect.stringContaining('bound to another customer'),
      ]);
    });

    it('again replaces the consent when it is completed, not before', async () => {
      const first = await shop.boundCustomer(BUDI, 'cust-1');
      const again = await shop.bind(shop.bindingBody(BUDI, 'cust-1'));
      const meanwhile = await shop.balance(first.token);
      await shop.api('POST', `bindings/${textOf(again, 'additionalInfo.authCode')}/approve`);
      const afterwards = await shop.balance(first.token);

      expect([meanwhile, afterwards].map(codeOf)).toEqual(['2001100', '4011102']);
    });

    it('is decided once', async () => {
      const answer = await shop.bind(shop.bindingBody(BUDI, 'cust-1'));
      const path = `bindings/${textOf(answer, 'additionalInfo.authCode')}`;
      const declined = await shop.api('POST', `${path}/decline`);
      const late = await shop.api('POST', `${path}/approve`);

      expect(valueAt(declined.body, 'binding.state')).toBe('DECLINED');
      expect(textOf(late, 'message')).toBe('This binding is DECLINED already; begin a new one.');
    });

    it.each<[object, string, RegExp]>([
      [{ phoneNo: '62-8' }, '4000701', /phoneNo: it must be a string of 9 to 16 digits/],
      [{ phoneNo: undefined }, '4000702', /phoneNo/],
    ])('refuses %j', async (change, code, message) => {
      const answer = await shop.bind({ ...shop.bindingBody(BUDI, 'cust-1'), ...change });

      expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
    });

    it.each<[object, string, string]>([
      [{ custIdMerchant: undefined }, '4000702', 'additionalInfo.custIdMerchant'],
      [{ osType: 'symbian' }, '4000701', 'additionalInfo.osType'],
      [{ successRegistrationUrl: 'shop' }, '4000701', 'additionalInfo.successRegistrationUrl'],
      [{ email: 'x'.repeat(65) }, '4000701', 'additionalInfo.email'],
    ])('refuses additional info %j', async (change, code, field) => {
      const answer = await shop.bind(shop.bindingBody(BUDI, 'cust-1', change));

      expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringContaining(field)]);
    });
  });

  it('tells the balance of the token’s customer', async () => {
    const { token } = await shop.boundCustomer(BUDI);
    const java = await shop.balance(token);
    await shop.api('POST', 'settings', { alloSpelling: 'node' });
    const node = await shop.balance(token);
    const zero = idr('0.00');

    expect(valueAt(java.body, 'accountInfos')).toEqual([
      { balanceType: 'BALANCE', amount: idr('1000000.00'), flatAmount: zero, holdAmount: zero },
      { balanceType: 'POINT', amount: idr('50000.00'), flatAmount: zero, holdAmount: zero },
    ]);
    expect(JSON.stringify(node.body)).toContain('"floatAmount"');
  });

  describe('payment', () => {
    it('moves money when the customer agrees, once, and from their account', async () => {
      const [budi, siti] = [await shop.boundCustomer(BUDI), await shop.boundCustomer(SITI)];
      const reference = newReference();
      const answer = await shop.pay(budi.token, shop.paymentBody(reference, '150000.00'));
      const before = simulator.ledger.entries().length;
      const approved = await shop.api('POST', `payments/${reference}/approve`);
      const again = await shop.api('POST', `payments/${reference}/approve`);

      expect(answer.body).toEqual({
        responseCode: '2005400',
        responseMessage: 'Successful',
        webRedirectUrl: expect.stringMatching(/\/direct-debit\/ui\/payment\/core\/[0-9]{40}$/),
        partnerReferenceNo: reference,
        referenceNo: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      });
      expect(before).toBe(0);
      expect(valueAt(approved.body, 'payment.status')).toBe('SUCCESS');
      expect([again.status, textOf(again, 'message')]).toEqual([
        400,
        'This payment is SUCCESS already.',
      ]);
      expect(simulator.ledger.entries()).toMatchObject([
        { kind: 'debit', invoiceNumber: reference, accountNo: BUDI, amount: 150_000 },
      ]);
      expect(await accountOf(BUDI)).toMatchObject({ balance: '850000.00' });
      expect(await accountOf(SITI)).toMatchObject({ balance: '1000000.00' });
      expect(await shop.lastRecord('allo.createPayment')).toMatchObject({
        customer: { authCode: budi.authCode, custIdMerchant: `cust-${BUDI}`, account: BUDI },
      });
      expect(siti.token).not.toBe(budi.token);
    });

    it('fails for want of money on its page, and for 51051 at once', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = newReference();
      await shop.pay(token, shop.paymentBody(reference, '1000000.01'));
      const approved = await shop.api('POST', `payments/${reference}/approve`);
      const poor = await shop.pay(token, shop.paymentBody(newReference(), '51051.00'));

      expect(valueAt(approved.body, 'payment')).toMatchObject({
        status: 'FAILED',
        failure: 'Insufficient balance',
      });
      expect(codeOf(poor)).toBe('4035414');
      expect(simulator.ledger.entries()).toEqual([]);
    });

    it('takes points and balance as told', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = newReference();
      const parts = [
        { payMethod: 'POINT', transAmount: idr('50000.00') },
        { payMethod: 'BALANCE', transAmount: idr('1.50'), feeAmount: idr('0.00') },
      ];
      const details = { payOptionDetails: parts };
      await shop.pay(token, shop.paymentBody(reference, '50001.50', details));
      await shop.api('POST', `payments/${reference}/approve`);

      expect(await accountOf(BUDI)).toMatchObject({ balance: '999998.50', points: '0.00' });
      expect(simulator.ledger.balanceOf(reference).paid).toBe(50_001.5);
    });

    it('is known again by its reference and content', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = newReference();
      const body = shop.paymentBody(reference, '90000.00');
      await shop.pay(token, body);
      const waiting = await shop.pay(token, body);
      await shop.api('POST', `payments/${reference}/decline`);
      const afterFailure = await shop.pay(token, body);
      await shop.api('POST', `payments/${reference}/approve`);
      const paid = await shop.pay(token, body);
      const other = await shop.pay(token, shop.paymentBody(reference, '90001.00'));

      expect([waiting, afterFailure, paid, other].map(codeOf)).toEqual([
        '4095401',
        '2005400',
        '4095401',
        '4045418',
      ]);
      expect(simulator.ledger.debitedTwice()).toEqual([]);
    });

    const zeros = idr('0.00');
    it.each<[object, string, RegExp]>([
      [{ partnerReferenceNo: 'INV-1' }, '4005401', /partnerReferenceNo/],
      [{ partnerReferenceNo: 'x'.repeat(65) }, '4005401', /partnerReferenceNo/],
      [
        { amount: { value: 90_000, currency: 'IDR' } },
        '4005401',
        /amount\.value: it must be a str/,
      ],
      [{ amount: { value: '90000', currency: 'IDR' } }, '4005401', /amount\.value/],
      [{ amount: zeros }, '4005401', /amount\.value/],
      [{ amount: { value: '90000.00', currency: 'USD' } }, '4005401', /amount\.currency/],
      [{ amount: undefined }, '4005402', /amount/],
      [{ payOptionDetails: [] }, '4005401', /payOptionDetails: it must be a list of at least 1/],
      [
        { payOptionDetails: [{ payMethod: 'CASH' }] },
        '4005401',
        /payOptionDetails\[0\]\.payMethod/,
      ],
      [{ payOptionDetails: [{ payMethod: 'POINT' }] }, '4005402', /\[0\]\.transAmount/],
      [
        { payOptionDetails: [{ payMethod: 'POINT', transAmount: idr('1.00') }] },
        '4005401',
        /add up to 1\.00, but amount is 90000\.00/,
      ],
    ])('refuses %j', async (change, code, message) => {
      const { token } = await shop.boundCustomer(BUDI);
      const answer = await shop.pay(token, shop.paymentBody(newReference(), '90000.00', change));

      expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
    });
  });

  describe('refund', () => {
    it('gives back in parts, but not more than was paid', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = await shop.paid(token, '100000.00');
      const part = await shop.refund(token, reference, '40000.00', 'RFD1');
      const tooMuch = await shop.refund(token, reference, '60000.01');
      const rest = await shop.refund(token, reference, '60000.00');
      const none = await shop.refund(token, reference, '1.00');

      expect(part.body).toEqual({
        responseCode: '2000700',
        responseMessage: 'Successful',
        refundAmount: idr('40000.00'),
        originalPartnerReferenceNo: reference,
        originalReferenceNo: expect.any(String),
        refundNo: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
        partnerRefundNo: 'RFD1',
        refundTime: expect.stringMatching(/\+07:00$/),
      });
      expect([tooMuch, rest, none].map(codeOf)).toEqual(['4045813', '2000700', '4045813']);
      expect(messageOf(tooMuch)).toContain('only 60000.00 of 100000.00 is left');
      expect(simulator.ledger.balanceOf(reference)).toEqual({ paid: 100_000, refunded: 100_000 });
      expect(await accountOf(BUDI)).toMatchObject({ balance: '1000000.00' });
    });

    it('is known again by its number and content', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = await shop.paid(token, '100000.00');
      await shop.api('POST', 'settings', { refundSuccessCode: '2005800' });
      const first = await shop.refund(token, reference, '100000.00', 'RFD1');
      const again = await shop.refund(token, reference, '100000.00', 'RFD1');
      const other = await shop.refund(token, reference, '1.00', 'RFD1');

      expect([first, again, other].map(codeOf)).toEqual(['2005800', '4095801', '4045818']);
    });

    it('needs a paid payment of the token’s customer', async () => {
      const [budi, siti] = [await shop.boundCustomer(BUDI), await shop.boundCustomer(SITI)];
      const reference = newReference();
      await shop.pay(budi.token, shop.paymentBody(reference, '100000.00'));
      const early = await shop.refund(budi.token, reference, '1.00');
      await shop.api('POST', `payments/${reference}/approve`);
      const foreign = await shop.refund(siti.token, reference, '1.00');
      const unknown = await shop.refund(budi.token, 'UNKNOWN', '1.00');

      await shop.unbind(budi.token);
      const successor = await shop.boundCustomer(BUDI, 'cust-of-the-same-phone');
      const inherited = await shop.refund(successor.token, reference, '1.00');

      expect([early, foreign, unknown].map(codeOf)).toEqual(['4045800', '4045801', '4045801']);
      expect(codeOf(inherited)).toBe('4045801');
    });
  });

  it('unbinds the customer of the token in the body, with all that came of it', async () => {
    const { token, authCode } = await shop.boundCustomer(BUDI);
    const answer = await shop.unbind(token);
    const record = await shop.lastRecord('allo.unbindAccount');
    const again = await shop.unbind(token);
    const unknown = await shop.unbind('no-token');
    const other = await shop.bind(shop.bindingBody(BUDI, 'cust-2'));

    expect(answer.body).toMatchObject({
      responseCode: '2000900',
      referenceNo: expect.stringMatching(/^UNB-/),
    });
    expect(record.customer).toMatchObject({ authCode, account: BUDI });
    expect([again, unknown, other].map(codeOf)).toEqual(['4010902', '4010904', '2000700']);
    expect(codeOf(await shop.balance(token))).toBe('4011102');
  });

  describe('status', () => {
    it('follows the payment', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = newReference();
      const paying = await shop.pay(token, shop.paymentBody(reference, '90000.00'));
      const codes: unknown[] = [];
      const note = async (): Promise<void> => {
        codes.push(valueAt((await shop.status(reference)).body, 'latestTransactionStatus'));
      };
      await note();
      await shop.api('POST', `payments/${reference}/approve`);
      await note();
      const refund = await shop.refund(token, reference, '40000.00', 'RFD1');
      await note();
      await shop.refund(token, reference, '50000.00', 'RFD2');
      await note();
      const final = await shop.status(reference);

      expect(codes).toEqual(['03', '00', '00', '04']);
      expect(final.body).toMatchObject({
        responseCode: '2005500',
        originalPartnerReferenceNo: reference,
        originalReferenceNo: textOf(paying, 'referenceNo'),
        serviceCode: '55',
        transactionStatusDesc: 'Refunded',
        requestId: expect.any(String),
        transAmount: idr('90000.00'),
        feeAmount: idr('0.00'),
        paidTime: expect.stringMatching(/\+07:00$/),
        refundHistory: [
          {
            refundNo: textOf(refund, 'refundNo'),
            partnerReferenceNo: 'RFD1',
            refundAmount: idr('40000.00'),
            refundStatus: '00',
            refundDate: expect.any(String),
            reason: 'Request by Customer',
          },
          { partnerReferenceNo: 'RFD2' },
        ],
        additionalInfo: { channel: 'DIRECT_DEBIT_ALLO_SNAP', acquirer: { id: 'ALLO_BANK' } },
      });
    });

    it('of a declined payment is failed, of an unknown one nothing', async () => {
      const { token } = await shop.boundCustomer(BUDI);
      const reference = newReference();
      await shop.pay(token, shop.paymentBody(reference, '90000.00'));
      await shop.api('POST', `payments/${reference}/decline`);
      const failed = await shop.status(reference);
      const unknown = await shop.status('UNKNOWN');
      const nothing = await shop.merchant.post('/orders/v1.0/debit/status', { serviceCode: '55' });

      expect(valueAt(failed.body, 'latestTransactionStatus')).toBe('06');
      expect([unknown, nothing].map(codeOf)).toEqual(['4045501', '4005502']);
    });
  });
});
