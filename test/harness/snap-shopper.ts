import { createPartnerReference, type DokuCustomer } from 'nestjs-doku';

import type { LibraryServices } from './library.js';
import type { SimulatedDoku } from './simulated-shop.js';

/** Where the shopper's calls come from. */
export const SHOPPER = {
  ipAddress: '192.168.100.1',
  deviceId: '912f12e223624d2e94828b168199aa',
} as const;

/** Binds an Allo account for a new customer, as the customer's browser would. */
export async function bindAccount(
  { allo }: LibraryServices,
  doku: SimulatedDoku,
  phoneNo: string,
): Promise<DokuCustomer> {
  const binding = await allo.bindAccount(
    {
      phoneNo,
      additionalInfo: {
        custIdMerchant: `cust-${createPartnerReference().slice(0, 12)}`,
        successRegistrationUrl: 'https://shop.example/linked',
        failedRegistrationUrl: 'https://shop.example/not-linked',
        deviceModel: 'Pixel 8',
        osType: 'android',
        channelId: 'web',
      },
    },
    SHOPPER,
  );
  if (binding.status !== 'page-created') throw new Error('the binding is still in progress');
  const { authCode } = binding.additionalInfo;
  await doku.post(`/bindings/${authCode}/approve`, {});
  return { authCode };
}

/** An Allo payment whose parts add up. */
export function alloPaymentOf(value = 50_000) {
  return {
    partnerReferenceNo: createPartnerReference(),
    amount: { value },
    payOptionDetails: [{ payMethod: 'BALANCE' as const, transAmount: { value } }],
    additionalInfo: {
      remarks: 'Order 1',
      successPaymentUrl: 'https://shop.example/paid',
      failedPaymentUrl: 'https://shop.example/not-paid',
      lineItems: [{ name: 'Kopi susu', price: value, quantity: 1 }],
    },
  };
}
