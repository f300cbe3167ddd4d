import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuAlarmOf, type DokuEvent, OnDokuAlarm, OnDokuEvent } from 'nestjs-doku';

import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import { NON_SNAP } from '../harness/inbound-schemes.js';
import { DurableStage } from './durable-stage.js';

const LONG_MS = 10_000;
jest.setTimeout(20_000);

/** A NUL and half a character: JSON has them, the `jsonb` and `text` of PostgreSQL do not. */
const ODD = 'a\u0000b\ud83dc';

for (const engine of ENGINES) {
  const describe = await describeWith(engine);
  describe(`on ${engine}, texts that not every engine can keep`, () => {
    const stage = new DurableStage(engine);
    const { heard, alarms } = stage;

    @Injectable()
    class Books {
      @OnDokuEvent('*', { name: 'bücher 📚' })
      hear(event: DokuEvent): void {
        heard.push(event);
      }
    }

    it('are no reason to refuse a notification', async () => {
      const app = await stage.start({ providers: [Books] });
      const payload = { ...NON_SNAP.payment(), note: { [ODD]: [ODD, 'a\\u0000b', '📚'] } };
      expect((await app.notify({ payload })).status).toBe(200);
      expect((await app.notify({ payload })).status).toBe(200);
      await eventually(() => heard.length === 1, LONG_MS);
      expect(heard[0]?.payload).toMatchObject({
        note: { 'a\ufffdb\ufffdc': ['a\ufffdb\ufffdc', 'a\\u0000b', '📚'] },
      });
    });

    it('do not keep a listener from failing', async () => {
      @Injectable()
      class Odd {
        @OnDokuEvent('*', { name: 'odd' })
        hear(): void {
          throw new Error(`${ODD} ${'x'.repeat(280)}📚📚📚📚📚📚📚`);
        }

        @OnDokuAlarm('dead-lettered')
        hearAlarm(alarm: DokuAlarmOf<'dead-lettered'>): void {
          alarms.push(alarm);
        }
      }
      const app = await stage.start({
        providers: [Odd],
        delivery: { retryDelaysMs: [0, 1, 1] },
      });
      await app.notify();
      await eventually(() => alarms.length === 1, LONG_MS);
      expect(alarms[0]?.deadLetter).toMatchObject({
        cause: 'attempts-used-up',
        reason: expect.stringMatching(/^Error: a\ufffdb\ufffdc x+/),
        attempts: 3,
      });
    });
  });
}
