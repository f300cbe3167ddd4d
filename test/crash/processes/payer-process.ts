/** A shop that pays, and hears of it only by reconciliation. Told a `Purchase`, it answers when all calls ended. */
import { NestFactory } from '@nestjs/core';
import { CimbDirectDebitService, DokuModule } from 'nestjs-doku';
import { bullMqDelivery } from 'nestjs-doku/bullmq';

import { CREDENTIALS } from './credentials.js';
import { deliveryOptionsOf } from './delivery-options.js';
import { HostModule, LOGGER } from './host.js';
import { listenersOf } from './listener-sets.js';
import { announceReady, type PayerSetup, readSetup } from './setup.js';
import type { Purchase, PurchaseResult } from './payer-messages.js';

const setup = await readSetup<PayerSetup>();
const { baseUrl, queryDelaysMs, giveUpAfterMs } = setup;
const delivery = bullMqDelivery(deliveryOptionsOf(setup, { worker: true }));
const app = await NestFactory.createApplicationContext(
  {
    module: HostModule,
    imports: [
      DokuModule.forRoot({
        ...CREDENTIALS,
        baseUrl,
        notifications: { delivery },
        reconciliation: { queryDelaysMs, giveUpAfterMs, maxQueriesPerSecond: 100 },
      }),
    ],
    providers: listenersOf(setup),
  },
  { ...(LOGGER === false && { logger: LOGGER }) },
);
const cimb = app.get(CimbDirectDebitService, { strict: false });

process.on('message', (purchase: Purchase) => {
  void payAll(purchase).then((result) => process.send?.(result));
});
announceReady();

async function payAll({ card, references }: Purchase): Promise<PurchaseResult> {
  const outcomes = await Promise.allSettled(
    references.map((invoice_number) =>
      cimb.createPayment({
        customer: { id: card.customerId },
        order: { invoice_number, amount: 90_000 },
        payment: { token_id: card.tokenId },
      }),
    ),
  );
  return {
    failures: outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [String(outcome.reason)] : [],
    ),
  };
}
