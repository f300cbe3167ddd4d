import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, type DokuCustomer } from 'nestjs-doku';

import { ReconcilingShop } from '../harness/reconciling-shop.js';
import { OTP, paymentOf, registerCard } from '../harness/simulated-shop.js';
import { alloPaymentOf, bindAccount, SHOPPER } from '../harness/snap-shopper.js';

/** A call whose answer got lost. */
interface Lost {
  readonly reference: string;
  /** A notification that the simulator does not send by itself. */
  readonly told?: { readonly status: string; readonly extra?: object };
}

interface Case {
  readonly operation: string;
  readonly lose: () => Promise<Lost>;
  readonly type: string;
  readonly amount?: string;
}

let shop: ReconcilingShop;
let wallet: { readonly customer: DokuCustomer; readonly phoneNo: string };

/** Short, so that a non-SNAP call gives up between its repeats. */
const SHORT = { timeoutMs: 900 };

beforeAll(async () => {
  shop = await ReconcilingShop.start({
    reconciliation: { customer: () => Promise.resolve(wallet.customer) },
  });
});

beforeEach(async () => {
  shop.delivery.forget();
  await shop.doku.post('/settings', { kkiConfirmation: 'auto' });
});

afterAll(() => shop.close());

const newPhone = (): string => `62812${String(Math.trunc(Math.random() * 1e8)).padStart(8, '0')}`;

const briCard = async (): Promise<{ customerId: string; tokenId: string }> => {
  const { bri } = shop.services;
  const id = `cust-${createPartnerReference().slice(0, 12)}`;
  const { debit_card } = await bri.registerCard({
    customer: { id },
    debit_card: { number: `601301${String(Math.trunc(Math.random() * 1e10)).padStart(10, '0')}` },
  });
  await bri.validateRegistrationOtp({ debit_card: { token: debit_card?.token ?? '', otp: OTP } });
  const [card] = await bri.listTokens({ customer: { id } });
  return { customerId: id, tokenId: card?.debit_card.token_id ?? '' };
};

const bindOvo = async (): Promise<DokuCustomer> => {
  const { additionalInfo } = await shop.ovo.bindAccount({
    phoneNo: newPhone(),
    additionalInfo: {
      custIdMerchant: `cust-${createPartnerReference().slice(0, 12)}`,
      successRegistrationUrl: 'https://shop.example/bound',
      failedRegistrationUrl: 'https://shop.example/not-bound',
    },
  });
  const authCode = additionalInfo?.authCode ?? '';
  await shop.doku.post(`/bindings/${authCode}/approve`, {});
  return { authCode };
};

const ovoPaymentOf = (value: number) => ({
  partnerReferenceNo: createPartnerReference(),
  amount: { value },
  payOptionDetails: [{ payMethod: 'CASH' as const, transAmount: { value } }],
  additionalInfo: { paymentType: 'RECURRING' as const },
});

const kkiPaymentOf = (value: number) => ({
  partnerReferenceNo: createPartnerReference(),
  amount: { value },
  cpan: '9360001609987000000',
  otp: '99999999',
});

const openWallet = async (): Promise<void> => {
  const phoneNo = newPhone();
  const made = (await shop.doku.post('/wallets', {
    phoneNo,
    balance: '1000000.00',
    bind: true,
  })) as { wallet: { accountId: string } };
  wallet = { customer: { accountId: made.wallet.accountId }, phoneNo };
};

const buy = async (): Promise<string> => {
  const partnerReferenceNo = createPartnerReference();
  await shop.services.wallet.purchase(
    { partnerReferenceNo, amount: { value: 40_000 } },
    { customer: wallet.customer },
  );
  return partnerReferenceNo;
};

/** The call that pays is forgotten before another of the same payment is made. */
const only = (): void => {
  shop.delivery.forget();
};

const refundOf = (originalPartnerReferenceNo: string, value: number, partnerRefundNo: string) => ({
  originalPartnerReferenceNo,
  partnerRefundNo,
  refundAmount: { value },
});

const toldRefund = (partnerRefundNo: string, value: string) => ({
  status: '04',
  extra: { partnerRefundNo, refundAmount: { value, currency: 'IDR' } },
});

/** An Allo payment whose answer is lost, and what the customer then does on the page. */
const losePayment = async (decision: 'approve' | 'decline'): Promise<Lost> => {
  const customer = await bindAccount(shop.services, shop.doku, newPhone());
  const request = alloPaymentOf();
  const reference = request.partnerReferenceNo;
  await shop.loseAnswer('allo.createPayment', () =>
    shop.services.allo.createPayment(request, { ...SHOPPER, customer }),
  );
  await shop.doku.post(`/payments/${reference}/${decision}`, {});
  return { reference };
};

/** A refund whose answer is lost. */
const loseRefund = async (
  operation: string,
  { reference, value, number }: { reference: string; value: number; number: string },
  refund: (request: ReturnType<typeof refundOf>) => Promise<unknown>,
): Promise<Lost> => {
  await shop.loseAnswer(operation, () => refund(refundOf(reference, value, number)));
  return { reference, told: toldRefund(number, `${value}.00`) };
};

const CASES: readonly Case[] = [
  {
    operation: 'cimb.createPayment',
    type: 'payment.succeeded',
    amount: '90000.00',
    lose: async () => {
      const { cimb } = shop.services;
      const request = paymentOf(await registerCard(shop.services, shop.doku, '760012341111'));
      await shop.loseAnswer('cimb.createPayment', () => cimb.createPayment(request, SHORT));
      return { reference: request.order.invoice_number };
    },
  },
  {
    operation: 'cimb.validatePaymentOtp',
    type: 'payment.succeeded',
    amount: '90000.00',
    lose: async () => {
      const { cimb } = shop.services;
      const request = paymentOf(await registerCard(shop.services, shop.doku));
      const { token } = (await cimb.createPayment(request)).payment;
      await shop.loseAnswer('cimb.validatePaymentOtp', () =>
        cimb.validatePaymentOtp({ payment: { token, otp: OTP } }),
      );
      return { reference: request.order.invoice_number };
    },
  },
  {
    operation: 'bri.validatePaymentOtp',
    type: 'payment.succeeded',
    amount: '90000.00',
    lose: async () => {
      const { bri } = shop.services;
      const request = paymentOf(await briCard());
      const { token } = (await bri.createPayment(request)).payment;
      await shop.loseAnswer('bri.validatePaymentOtp', () =>
        bri.validatePaymentOtp({ payment: { token, otp: OTP } }),
      );
      return { reference: request.order.invoice_number };
    },
  },
  {
    operation: 'bri.createRecurringPayment',
    type: 'payment.succeeded',
    amount: '90000.00',
    lose: async () => {
      const { bri } = shop.services;
      const request = paymentOf(await briCard());
      await shop.loseAnswer('bri.createRecurringPayment', () =>
        bri.createRecurringPayment(request, SHORT),
      );
      return { reference: request.order.invoice_number };
    },
  },
  {
    operation: 'allo.createPayment',
    type: 'payment.succeeded',
    amount: '50000.00',
    lose: () => losePayment('approve'),
  },
  {
    operation: 'allo.createPayment, declined',
    type: 'payment.failed',
    amount: '50000.00',
    lose: () => losePayment('decline'),
  },
  {
    operation: 'allo.refund of a part',
    type: 'payment.refunded',
    amount: '10000.00',
    lose: async () => {
      const { allo } = shop.services;
      const customer = await bindAccount(shop.services, shop.doku, newPhone());
      const request = alloPaymentOf();
      const reference = request.partnerReferenceNo;
      await allo.createPayment(request, { ...SHOPPER, customer });
      await shop.doku.post(`/payments/${reference}/approve`, {});
      only();
      const refund = { reference, value: 10_000, number: createPartnerReference() };
      return loseRefund('allo.refund', refund, (given) =>
        allo.refund(given, { ...SHOPPER, customer }),
      );
    },
  },
  {
    operation: 'kki.createPayment',
    type: 'payment.succeeded',
    amount: '50000.00',
    lose: async () => {
      const request = kkiPaymentOf(50_000);
      await shop.loseAnswer('kki.createPayment', () => shop.services.kki.createPayment(request));
      return { reference: request.partnerReferenceNo };
    },
  },
  {
    operation: 'kki.refund of all',
    type: 'payment.refunded',
    amount: '50000.00',
    lose: async () => {
      const { kki } = shop.services;
      const request = kkiPaymentOf(50_000);
      const reference = request.partnerReferenceNo;
      await kki.createPayment(request);
      only();
      const refund = { reference, value: 50_000, number: createPartnerReference().slice(0, 12) };
      return loseRefund('kki.refund', refund, (given) => kki.refund(given));
    },
  },
  {
    operation: 'ovo.createPayment',
    type: 'payment.succeeded',
    amount: '30000.00',
    lose: async () => {
      const customer = await bindOvo();
      const request = ovoPaymentOf(30_000);
      await shop.loseAnswer('ovo.createPayment', () =>
        shop.ovo.createPayment(request, { customer }),
      );
      return { reference: request.partnerReferenceNo };
    },
  },
  {
    operation: 'ovo.refund',
    type: 'payment.refunded',
    amount: '5000.00',
    lose: async () => {
      const customer = await bindOvo();
      const request = ovoPaymentOf(30_000);
      const reference = request.partnerReferenceNo;
      await shop.ovo.createPayment(request, { customer });
      only();
      const refund = { reference, value: 5_000, number: createPartnerReference() };
      return loseRefund('ovo.refund', refund, (given) => shop.ovo.refund(given, { customer }));
    },
  },
  {
    operation: 'wallet.transferToBank',
    type: 'payment.succeeded',
    amount: '25000.00',
    lose: async () => {
      await openWallet();
      const { customer, phoneNo } = wallet;
      const inquiry = await shop.services.wallet.inquireBankAccount(
        {
          customerNumber: phoneNo,
          beneficiaryAccountNumber: '888801000157508',
          amount: { value: 25_000 },
          additionalInfo: { bankCode: '014' },
        },
        { customer },
      );
      const partnerReferenceNo = createPartnerReference();
      await shop.loseAnswer('wallet.transferToBank', () =>
        shop.services.wallet.transferToBank(
          { ...inquiry.forTransferToBank, partnerReferenceNo, accountType: 'S' },
          { customer },
        ),
      );
      return { reference: partnerReferenceNo, told: { status: '00' } };
    },
  },
  {
    operation: 'wallet.topUp',
    type: 'payment.succeeded',
    amount: '100000.00',
    lose: async () => {
      await openWallet();
      const { customer, phoneNo } = wallet;
      const partnerReferenceNo = createPartnerReference();
      await shop.loseAnswer('wallet.topUp', () =>
        shop.services.wallet.topUp(
          { partnerReferenceNo, customerNumber: phoneNo, amount: { value: 100_000 } },
          { customer },
        ),
      );
      return { reference: partnerReferenceNo, told: { status: '00' } };
    },
  },
  {
    operation: 'wallet.purchase',
    type: 'payment.succeeded',
    amount: '40000.00',
    lose: async () => {
      await openWallet();
      const partnerReferenceNo = createPartnerReference();
      await shop.loseAnswer('wallet.purchase', () =>
        shop.services.wallet.purchase(
          { partnerReferenceNo, amount: { value: 40_000 } },
          { customer: wallet.customer },
        ),
      );
      return { reference: partnerReferenceNo, told: { status: '00' } };
    },
  },
  {
    operation: 'wallet.cancelPurchase',
    type: 'payment.cancelled',
    amount: '40000.00',
    lose: async () => {
      await openWallet();
      const reference = await buy();
      only();
      await shop.loseAnswer('wallet.cancelPurchase', () =>
        shop.services.wallet.cancelPurchase(
          { originalPartnerReferenceNo: reference, reason: 'Out of stock' },
          { customer: wallet.customer },
        ),
      );
      return { reference, told: { status: '05' } };
    },
  },
  {
    operation: 'wallet.refundPurchase',
    type: 'payment.refunded',
    amount: '15000.00',
    lose: async () => {
      await openWallet();
      const reference = await buy();
      only();
      const refund = { reference, value: 15_000, number: createPartnerReference() };
      return loseRefund('wallet.refundPurchase', refund, (request) =>
        shop.services.wallet.refundPurchase(request, {
          customer: wallet.customer,
        }),
      );
    },
  },
];

describe.each(CASES)('a lost answer to $operation', ({ lose, type, amount }) => {
  /** DOKU's own notification of the same fact. */
  const tell = async ({ reference, told }: Lost): Promise<void> => {
    if (!told) {
      expect(await shop.notify(reference)).toBeGreaterThan(0);
      return;
    }
    await shop.doku.post('/notifications', {
      scheme: 'snap',
      partnerReferenceNo: reference,
      // Of what the simulator does not know as a payment, the amount has to be said.
      amount: amount ?? '',
      ...told,
    });
  };

  it('is made up for by a query, and a late notification adds nothing', async () => {
    const lost = await lose();
    expect(shop.delivery.open).toHaveLength(1);

    expect(await shop.delivery.askForAll()).toEqual(['settled']);

    const [found, ...others] = shop.delivery.of(lost.reference);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      type,
      source: 'reconciliation',
      ...(amount === undefined ? {} : { amount: { value: amount, currency: 'IDR' } }),
      delivery: { attempt: 1, transportId: expect.stringMatching(/./) },
    });
    expect(shop.delivery.open).toEqual([]);
    await tell(lost);
    expect(shop.delivery.of(lost.reference)).toHaveLength(1);
    expect(shop.host.logs.matching(new RegExp(`id=${found?.id} .*outcome=duplicate`))).toHaveLength(
      1,
    );
  });

  it('needs no query once the notification has come', async () => {
    const lost = await lose();

    await tell(lost);

    expect(shop.delivery.of(lost.reference)).toMatchObject([{ type, source: 'notification' }]);
    expect(shop.delivery.open).toEqual([]);
    expect(await shop.delivery.askForAll()).toEqual([]);
  });
});
