import { createPartnerReference } from 'nestjs-doku';
import { DokuSimulator } from 'nestjs-doku-simulator';

import type { LibraryServices } from './library.js';

/** The OTP that the simulator's bank sends. */
export const OTP = '999999';

/** A simulator and its JSON API. */
export class SimulatedDoku {
  private constructor(readonly simulator: DokuSimulator) {}

  static async start(
    options: Parameters<typeof DokuSimulator.start>[0] = {},
  ): Promise<SimulatedDoku> {
    return new SimulatedDoku(await DokuSimulator.start(options));
  }

  get url(): string {
    return this.simulator.url;
  }

  /** Makes the next call of an operation go wrong. */
  async fault(operation: string, fault: string, more: object = {}): Promise<void> {
    await this.post('/faults', { operation, fault, ...more });
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.url}/_simulator/faults`, { method: 'DELETE' });
  }

  /** How often an operation has arrived, and how often it was carried out. */
  async counters(operation: string): Promise<{ received: number; processed: number }> {
    const all = (await this.get('/counters')) as Record<
      string,
      { received: number; processed: number } | undefined
    >;
    return all[operation] ?? { received: 0, processed: 0 };
  }

  /** How often an operation arrived and was carried out during `act`. */
  async counting(
    operation: string,
    act: () => Promise<unknown>,
  ): Promise<{ received: number; processed: number }> {
    const before = await this.counters(operation);
    await act();
    const after = await this.counters(operation);
    return {
      received: after.received - before.received,
      processed: after.processed - before.processed,
    };
  }

  /** The calls of an operation as they arrived, oldest first; header names in lower case. */
  async requests(
    operation: string,
  ): Promise<{ body: unknown; headers: Readonly<Record<string, string | undefined>> }[]> {
    const seen = (await this.get(`/requests?operation=${operation}`)) as {
      body: unknown;
      headers: Record<string, string>;
    }[];
    return seen.map(({ body, headers }) => ({
      body,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    }));
  }

  async get(path: string): Promise<unknown> {
    return (await fetch(`${this.url}/_simulator${path}`)).json();
  }

  async post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.url}/_simulator${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }
}

/** Registers a card for a new customer, as the customer's browser would. */
export async function registerCard(
  { cimb }: LibraryServices,
  doku: SimulatedDoku,
  accountNo = '8000100020003000',
): Promise<{ customerId: string; tokenId: string }> {
  const customerId = `cust-${createPartnerReference().slice(0, 12)}`;
  const registration = await cimb.registerCard({
    customer: { id: customerId, name: 'Anton' },
    debit_card: { account_mobile_phone: '6281394130621' },
  });
  const id = registration.debit_card.cimb_registration_url.split('/').pop() ?? '';
  await doku.post(`/registrations/${id}/approve`, { accountNo });
  const [card] = await cimb.listTokens({ customer: { id: customerId } });
  if (!card) throw new Error('the approved card is not in the list');
  return { customerId, tokenId: card.debit_card.token_id };
}

/** A payment request with two line items that add up. */
export function paymentOf(card: { customerId: string; tokenId: string }, amount = 90_000) {
  return {
    customer: { id: card.customerId },
    order: {
      invoice_number: createPartnerReference(),
      amount,
      line_items: [{ name: 'Kopi susu', price: amount, quantity: 1 }],
    },
    payment: { token_id: card.tokenId },
  };
}
