import { expect, it } from '@jest/globals';

import { DokuApiError } from '../errors/doku-api.error.js';
import type { DokuClient } from '../http/doku-client.js';
import type { MoneyOperationOfChannel } from './money-operations.js';
import type { DokuPaymentIntent } from './payment-intent.js';
import { StatusQuery } from './status-query.js';

const money = { query: {}, request: () => ({}) } as unknown as MoneyOperationOfChannel;
const intent = { merchant: 'default', reference: 'INV-1' } as DokuPaymentIntent;

function ask(httpStatus: number) {
  const refusal = new DokuApiError('DOKU said no', { fix: 'x', httpStatus, requestId: 'query-1' });
  const client = { request: () => Promise.reject(refusal) } as unknown as DokuClient;
  return new StatusQuery(client).ask(money, intent, {});
}

it('takes 404 for a payment that DOKU does not know', async () => {
  await expect(ask(404)).resolves.toEqual({ outcome: 'not-found', queryId: 'query-1' });
});

it.each([400, 401, 403, 409, 429, 500])(
  'takes %d for no answer about the payment at all',
  async (status) => {
    await expect(ask(status)).rejects.toMatchObject({ code: 'refused', httpStatus: status });
  },
);
