import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { createPartnerReference, type DokuEvent, KkiService, OnDokuEvent } from 'nestjs-doku';

import { startDurableApp } from '../durable/durable-app.js';
import { DurableStage } from '../durable/durable-stage.js';
import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import { freePort } from '../harness/free-port.js';
import type { HostApp } from '../harness/host-app.js';
import { SNAP } from '../harness/inbound-schemes.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const heard: DokuEvent[] = [];

@Injectable()
class Orders {
  @OnDokuEvent('payment.*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

const SOON_MS = 15_000;

for (const engine of ENGINES) {
  (await describeWith(engine))(`an app that reconciles on ${engine}`, () => {
    let doku: SimulatedDoku;
    const stage = new DurableStage(engine);

    beforeEach(async () => {
      heard.length = 0;
      doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
      await doku.post('/settings', { notifications: false });
    });
    afterEach(async () => {
      await doku.stop();
    });

    const start = async (
      setup: { worker?: boolean; queryDelaysMs?: number[]; giveUpAfterMs?: number } = {},
      place = stage.place,
    ): Promise<HostApp> => {
      const { worker = true, ...reconciliation } = setup;
      const app = await startDurableApp(place, {
        providers: [Orders],
        delivery: { worker },
        options: { baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY, reconciliation },
      });
      return stage.closing(app);
    };
    const pay = (app: HostApp, partnerReferenceNo: string): Promise<unknown> =>
      app.app.get(KkiService, { strict: false }).createPayment({
        partnerReferenceNo,
        amount: { value: 50_000 },
        cpan: '9360001609987000000',
        otp: '99999999',
      });

    it('ends a payment whose caller went away between send and answer, by another process', async () => {
      const reference = createPartnerReference();
      const caller = await start({ worker: false, queryDelaysMs: [100] });
      await doku.fault('kki.createPayment', 'drop-after-processing');
      await expect(pay(caller, reference)).rejects.toMatchObject({ code: 'outcome-unknown' });
      await stage.close(caller);

      await start({ queryDelaysMs: [100] });
      await eventually(() => heard.length > 0, SOON_MS);

      expect(heard).toMatchObject([
        { type: 'payment.succeeded', source: 'reconciliation', reference, channel: 'kki' },
      ]);
    }, 60_000);

    it('asks nothing about a payment that ended by its notification', async () => {
      const reference = createPartnerReference();
      const app = await start({ queryDelaysMs: [1_500] });
      await pay(app, reference);
      const held = (await doku.get('/notifications')) as { body: object }[];
      expect(held).toHaveLength(1);

      await app.notify({ payload: held[0]?.body ?? {} }, SNAP);
      await eventually(() => heard.length > 0, SOON_MS);
      const other = createPartnerReference();
      await pay(app, other);
      // The second is asked for after the first would have been.
      await eventually(() => heard.some((event) => event.reference === other), SOON_MS);

      const asked = await doku.requests('snap.checkStatus');
      expect(asked.map((call) => call.body)).toEqual([expect.stringContaining(other)]);
      expect(heard.map(({ source }) => source)).toEqual(['notification', 'reconciliation']);
    }, 60_000);

    it('gives up what DOKU never knew, without failing it', async () => {
      const reference = createPartnerReference();
      const app = await start({ queryDelaysMs: [100], giveUpAfterMs: 700 });
      await doku.fault('kki.createPayment', 'drop-before-processing');
      await expect(pay(app, reference)).rejects.toMatchObject({ code: 'outcome-unknown' });

      await eventually(() => heard.length > 0, SOON_MS);

      expect(heard).toMatchObject([
        {
          type: 'payment.unresolved',
          reference,
          payload: { operation: 'kki.createPayment', amount: { value: '50000.00' } },
        },
      ]);
    }, 60_000);

    it('refuses a payment before it is sent while the engine is away', async () => {
      const url = new URL(stage.place.connection);
      url.hostname = '127.0.0.1';
      url.port = String(await freePort());
      const app = await start({}, { ...stage.place, connection: url.href });

      const { received } = await doku.counting('kki.createPayment', async () => {
        await expect(pay(app, createPartnerReference())).rejects.toMatchObject({
          code: 'unavailable',
          retryable: true,
          fix: expect.stringContaining('reconciliation.bestEffort'),
        });
      });

      expect(received).toBe(0);
    }, 60_000);
  });
}
