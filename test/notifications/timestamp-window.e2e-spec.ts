import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { freezeDate } from '../harness/frozen-date.js';
import { HostApp, onEveryPlatform } from '../harness/host-app.js';
import { SCHEMES } from '../harness/inbound-schemes.js';

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

const INSIDE = [
  '2026-01-27T03:30:00Z',
  '2026-01-27T10:30:00+07:00',
  '2026-01-27T10:30:00.000+0700',
  '2026-01-27T03:20:00Z',
  '2026-01-27T03:40:00Z',
];

const OUTSIDE = [
  ['2026-01-27T03:19:59Z', 'the timestamp is 601 s old'],
  ['2026-01-27T03:40:01Z', 'the timestamp is 601 s ahead'],
  ['2026-01-26T15:30:00Z', 'the timestamp is 43200 s old'],
  ['yesterday', 'the timestamp cannot be read'],
] as const;

describe.each(onEveryPlatform(SCHEMES))(
  'the timestamp of a $of.name notification on $platform',
  ({ platform, of: scheme }) => {
    let host: HostApp;

    const start = async (timestampWindow?: 'observe' | 'enforce') => {
      host = await HostApp.start({
        platform,
        providers: [Everything],
        ...(timestampWindow ? { notifications: { timestampWindow } } : {}),
      });
    };

    beforeEach(() => {
      heard.length = 0;
      freezeDate(new Date('2026-01-27T03:30:00Z'));
    });

    afterEach(async () => {
      await host.close();
      jest.useRealTimers();
    });

    it('is no reason to lose it by default: what is odd about it is in the log', async () => {
      await start();
      for (const [timestamp, fault] of OUTSIDE) {
        expect(await host.notify({ timestamp }, scheme)).toEqual({
          status: 200,
          body: scheme.answers.accepted,
        });
        expect(
          host.logs.matching(new RegExp(`warn notification .*outcome=delivered.*${fault}`)),
        ).toHaveLength(1);
      }
      expect(heard).toHaveLength(OUTSIDE.length);
    });

    it('is no cause for a warning within 10 minutes of now', async () => {
      await start();
      for (const timestamp of INSIDE) {
        expect((await host.notify({ timestamp }, scheme)).status).toBe(200);
      }
      expect(host.logs.matching(/warn/)).toEqual([]);
    });

    it('is enforced on demand, 10 minutes both ways', async () => {
      await start('enforce');
      for (const timestamp of INSIDE) {
        expect((await host.notify({ timestamp }, scheme)).status).toBe(200);
      }
      for (const [timestamp, fault] of OUTSIDE) {
        expect(await host.notify({ timestamp }, scheme)).toEqual({
          status: 400,
          body: scheme.answers.outsideWindow,
        });
        expect(host.logs.matching(new RegExp(`refused cause="${fault}"`))).toHaveLength(1);
      }
      expect(heard).toHaveLength(INSIDE.length);
    });

    it('is judged only after the signature', async () => {
      await start('enforce');
      const timestamp = '2026-01-26T15:30:00Z';
      expect(await host.notify({ timestamp, secretKey: 'SK-other-1' }, scheme)).toEqual({
        status: 401,
        body: scheme.answers.unauthorised,
      });
    });
  },
);
