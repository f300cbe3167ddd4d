import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { HostApp } from '../harness/host-app.js';
import { SNAP } from '../harness/inbound-schemes.js';

const samples = JSON.parse(
  readFileSync(new URL('../fixtures/snap-samples.json', import.meta.url), 'utf8'),
) as { id: string; requestSample: Record<string, object> }[];
const sampleOf = (id: string) => samples.find((each) => each.id === id)?.requestSample ?? {};

const heard: DokuEvent[] = [];
const bindings: DokuEvent[] = [];

@Injectable()
class Bindings {
  @OnDokuEvent('binding.*')
  hear(event: DokuEvent): void {
    bindings.push(event);
  }
}

@Injectable()
class OvoOrders {
  @OnDokuEvent(['payment.*', 'binding.*'], { channel: 'ovo' })
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

describe('what OVO tells', () => {
  let host: HostApp;

  beforeAll(async () => {
    host = await HostApp.start({ platform: 'express', providers: [OvoOrders, Bindings] });
  });

  beforeEach(() => {
    heard.length = 0;
    bindings.length = 0;
  });

  afterAll(() => host.close());

  it('becomes the event of a payment, as an integrator of OVO has seen it', async () => {
    const payload = sampleOf('inbound.paymentNotification.ovo');

    expect(await host.notify({ payload }, SNAP)).toMatchObject({ status: 200 });

    expect(heard).toEqual([
      expect.objectContaining({
        type: 'payment.succeeded',
        channel: 'ovo',
        reference: 'INV-0008',
        amount: { value: '99000.00', currency: 'IDR' },
        payload,
      }),
    ]);
  });

  it('becomes the event of a binding, where it names its channel', async () => {
    const seen = sampleOf('inbound.bindingNotification');
    const payload = {
      ...seen,
      additionalInfo: { ...seen.additionalInfo, channel: 'EMONEY_OVO_SNAP' },
    };

    await host.notify({ payload }, SNAP);

    expect(heard).toMatchObject([
      { type: 'binding.succeeded', channel: 'ovo', reference: 'cust-001' },
    ]);
  });

  it('does not name its channel in the binding that an integrator has seen', async () => {
    const seen = sampleOf('inbound.bindingNotification');
    const payload = { ...seen, additionalInfo: { ...seen.additionalInfo, authCode: 'another' } };

    await host.notify({ payload }, SNAP);

    expect(heard).toEqual([]);
    expect(bindings).toMatchObject([{ type: 'binding.succeeded', channel: 'unknown' }]);
  });
});
