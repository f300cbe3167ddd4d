import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { type DokuAlarm, type DokuAlarmOf, OnDokuAlarm, OnDokuEvent } from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { deadLetterOf, FakeDurableDelivery } from '../harness/fake-durable-delivery.js';
import { HostApp, type HostAppSetup } from '../harness/host-app.js';

const AT = '2026-01-01T00:00:00.000Z';
const UNREACHABLE: DokuAlarm = {
  type: 'engine-unreachable',
  at: AT,
  engine: 'redis',
  reason: 'connect ECONNREFUSED 127.0.0.1:6379',
};
const RECOVERED: DokuAlarm = { type: 'engine-recovered', at: AT, engine: 'redis', downMs: 1_500 };
const DEAD_LETTERED: DokuAlarm = { type: 'dead-lettered', at: AT, deadLetter: deadLetterOf('d-1') };

const heard: [by: string, alarm: DokuAlarm][] = [];
const broken: { fail: () => unknown } = { fail: () => undefined };

@Injectable()
class OnCall {
  @OnDokuAlarm('dead-lettered')
  deadLettered(alarm: DokuAlarmOf<'dead-lettered'>): void {
    heard.push(['onCall', alarm]);
  }

  @OnDokuAlarm(['engine-unreachable', 'engine-recovered'], { name: 'pager' })
  engine(alarm: DokuAlarmOf<'engine-unreachable' | 'engine-recovered'>): unknown {
    heard.push(['pager', alarm]);
    return broken.fail();
  }
}

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(): void {
    heard.push(['event', UNREACHABLE]);
  }
}

describe('alarms', () => {
  let delivery: FakeDurableDelivery;
  let host: HostApp;
  const start = async (setup: Partial<HostAppSetup> = { providers: [OnCall, Everything] }) => {
    host = await HostApp.start({
      platform: 'express',
      notifications: { delivery: delivery.option },
      ...setup,
    });
  };

  beforeEach(() => {
    heard.length = 0;
    broken.fail = () => undefined;
    delivery = new FakeDurableDelivery();
  });

  afterEach(() => host.close());

  it("reach the methods of their type, and no @OnDokuEvent('*')", async () => {
    await start();

    for (const alarm of [DEAD_LETTERED, UNREACHABLE, RECOVERED]) delivery.raise(alarm);

    await eventually(() => heard.length === 3);
    expect(heard).toEqual([
      ['onCall', DEAD_LETTERED],
      ['pager', UNREACHABLE],
      ['pager', RECOVERED],
    ]);
  });

  it('are one line of facts each in the log, at the level that fits', async () => {
    await start({});

    for (const alarm of [DEAD_LETTERED, UNREACHABLE, RECOVERED]) delivery.raise(alarm);

    const at = `at=${AT}`;
    expect(
      host.logs
        .matching(/alarm type=/)
        .map((line) => line.replace(/( undefined)? DokuAlarms$/, '')),
    ).toEqual([
      `error alarm type=dead-lettered ${at} deadLetter="d-1" listener=Orders.markPaid cause=attempts-used-up attempts=10 event=payment.succeeded id=event-1 channel="cimb-direct-debit" merchant=default reference="INV-1" reason="Error: no database"`,
      `error alarm type=engine-unreachable ${at} engine=redis reason="connect ECONNREFUSED 127.0.0.1:6379"`,
      `log alarm type=engine-recovered ${at} engine=redis downMs=1500`,
    ]);
  });

  it('keep one line though what was thrown has several', async () => {
    await start({});
    delivery.raise({
      ...DEAD_LETTERED,
      deadLetter: { ...deadLetterOf('d-1'), reason: 'one\nalarm type=forged' },
    });
    expect(host.logs.matching(/\n/)).toEqual([]);
    expect(host.logs.matching(/^\w+ alarm type=/)).toHaveLength(1);
  });

  it('that are raised before the app is up are told once it is', async () => {
    delivery = new FakeDurableDelivery(() => {
      for (let downMs = 0; downMs < 150; downMs++) delivery.raise({ ...RECOVERED, downMs });
    });
    await start();

    await eventually(() => heard.length === 100);
    expect(host.logs.matching(/alarm type=/)).toHaveLength(150);
    // Bounded: the oldest went first.
    expect(heard.map(([, alarm]) => 'downMs' in alarm && alarm.downMs)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 50),
    );
  });

  it('reach controllers, aliases once, and request-scoped classes anew each time', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Scoped {
      constructor(@Inject(REQUEST) private readonly request: DokuAlarm) {}
      @OnDokuAlarm('engine-recovered')
      hear(alarm: DokuAlarm): void {
        heard.push([`scoped ${this.request === alarm}`, alarm]);
      }
    }
    @Controller()
    class Hooks {
      @OnDokuAlarm('engine-recovered')
      hear(alarm: DokuAlarm): void {
        heard.push(['controller', alarm]);
      }
    }
    await start({
      providers: [OnCall, { provide: 'alias', useExisting: OnCall }, Scoped],
      controllers: [Hooks],
    });

    delivery.raise(RECOVERED);
    delivery.raise(RECOVERED);

    await eventually(() => heard.length === 6);
    expect(heard.map(([by]) => by).sort()).toEqual([
      'controller',
      'controller',
      'pager',
      'pager',
      'scoped true',
      'scoped true',
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no pager');
      },
      /listener=pager failed: Error: no pager type=engine-unreachable/,
    ],
    [
      'rejects',
      () => Promise.reject(new Error('no pager')),
      /listener=pager failed: Error: no pager/,
    ],
    [
      'rejects with nothing',
      () => Promise.reject(undefined as unknown as Error),
      /no Error but undefined/,
    ],
  ])(
    'are told to the others when a method %s, and the failure is logged',
    async (_how, fail, line) => {
      @Injectable()
      class Second {
        @OnDokuAlarm('engine-unreachable')
        hear(alarm: DokuAlarm): void {
          heard.push(['second', alarm]);
        }
      }
      broken.fail = fail;
      await start({ providers: [OnCall, Second] });

      delivery.raise(UNREACHABLE);

      await eventually(() => host.logs.matching(line).length === 1);
      expect(heard.map(([by]) => by)).toEqual(['pager', 'second']);
    },
  );

  it('wait for no method, and give all of them one alarm that nobody can change', async () => {
    broken.fail = () => new Promise(() => undefined);
    await start();

    delivery.raise(UNREACHABLE);
    delivery.raise(DEAD_LETTERED);

    await eventually(() => heard.length === 2);
    const [, alarm] = heard[1] ?? [];
    expect(Object.isFrozen(alarm?.type === 'dead-lettered' && alarm.deadLetter.event)).toBe(true);
    expect(Object.isFrozen(DEAD_LETTERED)).toBe(false);
  });

  it('do not disturb whoever raises them when the logger of the app is broken', async () => {
    await start();
    Reflect.set(host.logs, 'error', () => {
      throw new Error('disk full');
    });
    broken.fail = () => Promise.reject(new Error('no pager'));

    expect(() => {
      delivery.raise(UNREACHABLE);
    }).not.toThrow();
    await eventually(() => heard.length === 1);
  });
});
