import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { HostApp } from '../harness/host-app.js';
import { NON_SNAP } from '../harness/inbound-schemes.js';

const heard: DokuEvent[] = [];

@Injectable()
class BriOrders {
  @OnDokuEvent('payment.*', { channel: 'bri-direct-debit' })
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

describe('what BRI tells', () => {
  let host: HostApp;

  beforeAll(async () => {
    host = await HostApp.start({ platform: 'express', providers: [BriOrders] });
  });

  beforeEach(() => {
    heard.length = 0;
  });

  afterAll(() => host.close());

  // DOKU shows no such notification; these are the codes that its other documents use.
  it.each([
    ['by its channel', { channel: { id: 'DIRECT_DEBIT_BRI' } }],
    [
      'by its acquirer',
      { channel: null, service: { id: 'DIRECT_DEBIT' }, acquirer: { id: 'BRI' } },
    ],
  ])('is known %s', async (how, members) => {
    const payload = { ...NON_SNAP.payment({ reference: `INV-${how}` }), ...members };

    expect(await host.notify({ payload })).toMatchObject({ status: 200 });

    expect(heard).toMatchObject([{ type: 'payment.succeeded', channel: 'bri-direct-debit' }]);
  });

  it('is not taken for what CIMB tells', async () => {
    const payload = { ...NON_SNAP.payment(), channel: { id: 'DIRECT_DEBIT_CIMB' } };

    await host.notify({ payload });

    expect(heard).toEqual([]);
  });
});
