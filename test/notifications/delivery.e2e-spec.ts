import type { Server } from 'node:http';
import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Inject, Injectable, Module, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { OnEvent } from '@nestjs/event-emitter';
import { DokuConfigurationError, type DokuEvent, OnDokuEvent } from 'nestjs-doku';
import { dokuNotificationFixtures } from 'nestjs-doku/testing';

import { InlineDelivery } from '../../libs/doku/src/notifications/inline-delivery.js';
import { ListenerRegistry } from '../../libs/doku/src/notifications/listener.registry.js';
import {
  HostApp,
  type HostAppSetup,
  onEveryPlatform,
  PLATFORM_NAMES,
} from '../harness/host-app.js';
import { SCHEMES } from '../harness/inbound-schemes.js';

/** What the listeners of a test do, and what they did. */
const script = {
  calls: [] as string[],
  events: [] as DokuEvent[],
  first: (): unknown => undefined,
  second: (): unknown => undefined,
};

@Injectable()
class FirstListener {
  @OnDokuEvent('payment.*')
  hear(event: DokuEvent): unknown {
    script.calls.push('first');
    script.events.push(event);
    return script.first();
  }
}

@Injectable()
class SecondListener {
  @OnDokuEvent(['payment.succeeded', 'payment.refunded'])
  hear(): unknown {
    script.calls.push('second');
    return script.second();
  }
}

const both = { providers: [FirstListener, SecondListener] };

/** Resolves when `settle` is called: a listener that takes as long as the test wants. */
function gate(): { wait: () => Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return {
    wait: () => promise,
    open: () => {
      open();
    },
  };
}

describe.each(onEveryPlatform(SCHEMES))(
  'inline delivery over $of.name on $platform',
  ({ platform, of: scheme }) => {
    let host: HostApp;
    const notify = (payload: object = scheme.payment()) => host.notify({ payload }, scheme);
    const start = async (setup: Partial<HostAppSetup> = both) => {
      host = await HostApp.start({ platform, ...setup });
    };

    /** Counts the requests whose bodies have come in whole. */
    const countBodies = (): { count: number } => {
      const read = { count: 0 };
      const server = host.app.getHttpServer() as Server;
      server.on('request', (request) => request.on('end', () => (read.count += 1)));
      return read;
    };

    beforeEach(() => {
      script.calls = [];
      script.events = [];
      script.first = () => undefined;
      script.second = () => undefined;
    });

    afterEach(() => host.close());

    it('answers 200 only when every listener has succeeded', async () => {
      await start();
      const slow = gate();
      script.second = slow.wait;
      let answered = false;
      const answer = notify().then((reply) => {
        answered = true;
        return reply;
      });
      while (script.calls.length < 2) await new Promise(setImmediate);
      expect(answered).toBe(false);

      slow.open();

      expect((await answer).status).toBe(200);
      expect(script.calls).toEqual(['first', 'second']);
    });

    it('answers 500 when one fails, and a resend runs only that one', async () => {
      await start();
      const payload = scheme.payment();
      script.second = () => Promise.reject(new Error('no database'));

      const { accepted, notProcessed } = scheme.answers;
      expect(await notify(payload)).toEqual({ status: 500, body: notProcessed });
      expect(await notify(payload)).toEqual({ status: 500, body: notProcessed });
      script.second = () => undefined;
      expect(await notify(payload)).toEqual({ status: 200, body: accepted });
      expect(await notify(payload)).toEqual({ status: 200, body: accepted });

      expect(script.calls).toEqual(['first', 'second', 'second', 'second']);
      expect(
        host.logs.matching(/listener=SecondListener\.hear failed: Error: no database/),
      ).toHaveLength(2);
      expect(host.logs.matching(/outcome=duplicate/)).toHaveLength(1);
    });

    it('runs each listener once for 64 identical copies at once', async () => {
      await start();
      const slow = gate();
      script.first = slow.wait;
      const payload = scheme.payment();
      const read = countBodies();
      const copies = Array.from({ length: 64 }, () => notify(payload));
      while (read.count < 64) await new Promise(setImmediate);
      slow.open();

      const answers = await Promise.all(copies);

      expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(200));
      expect(script.calls).toEqual(['first', 'second']);
    });

    it('gives all copies the failure of the run that they joined', async () => {
      await start();
      const slow = gate();
      script.first = async () => {
        await slow.wait();
        throw new Error('late no');
      };
      const payload = scheme.payment();
      const read = countBodies();
      const copies = Array.from({ length: 8 }, () => notify(payload));
      while (read.count < 8) await new Promise(setImmediate);
      slow.open();

      expect((await Promise.all(copies)).map(({ status }) => status)).toEqual(Array(8).fill(500));
      expect(script.calls).toEqual(['first', 'second']);
    });

    it.each([
      [
        'a text',
        () => {
          throw 'boom' as unknown as Error;
        },
        /threw no Error but 'boom'/,
      ],
      [
        'undefined',
        () => Promise.reject(undefined as unknown as Error),
        /threw no Error but undefined/,
      ],
      [
        'null',
        () => {
          throw null as unknown as Error;
        },
        /threw no Error but null/,
      ],
      [
        'a symbol',
        () => {
          throw Symbol('odd') as unknown as Error;
        },
        /Symbol\(odd\)/,
      ],
      [
        'an object that cannot be printed',
        () => {
          throw {
            get message(): string {
              throw new Error('gotcha');
            },
          } as unknown as Error;
        },
        /threw no Error/,
      ],
      [
        'an Error whose message throws',
        () => {
          throw Object.defineProperty(new Error('x'), 'message', {
            get: () => {
              throw new Error('gotcha');
            },
          });
        },
        /cannot be described/,
      ],
      [
        'an object that refuses to be inspected',
        () => {
          throw {
            [inspect.custom]: () => {
              throw new Error('gotcha');
            },
          } as unknown as Error;
        },
        /cannot be described/,
      ],
      [
        'a revoked proxy',
        () => {
          const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
          revoke();
          throw proxy;
        },
        /cannot be described|threw no Error/,
      ],
      [
        'an Error synchronously',
        () => {
          throw new TypeError('bad');
        },
        /TypeError: bad/,
      ],
    ])('reports a listener that throws %s, and answers 500', async (_what, fail, line) => {
      await start();
      script.first = fail;

      expect((await notify()).status).toBe(500);
      expect(host.logs.matching(line)).toHaveLength(1);
      expect(script.calls).toEqual(['first', 'second']);
    });

    it('reports a listener that never settles, answers 500 in time, and runs it again on a resend', async () => {
      await start({ ...both, notifications: { listenerDeadlineMs: 50 } });
      const payload = scheme.payment();
      script.first = () => new Promise(() => undefined);

      expect((await notify(payload)).status).toBe(500);
      expect(
        host.logs.matching(/listener=FirstListener\.hear has not finished within 50 ms/),
      ).toHaveLength(1);
      script.first = () => undefined;

      expect((await notify(payload)).status).toBe(200);
      expect(script.calls).toEqual(['first', 'second', 'first']);
    });

    it('counts a success that came after the deadline, and reports a failure that did', async () => {
      await start({ ...both, notifications: { listenerDeadlineMs: 50 } });
      const payload = scheme.payment();
      const [late, lateFailure] = [gate(), gate()];
      script.first = late.wait;
      script.second = async () => {
        await lateFailure.wait();
        throw new Error('too late');
      };
      expect((await notify(payload)).status).toBe(500);

      late.open();
      lateFailure.open();
      while (host.logs.matching(/too late/).length === 0) await new Promise(setImmediate);
      script.second = () => undefined;

      expect((await notify(payload)).status).toBe(200);
      expect(script.calls).toEqual(['first', 'second', 'second']);
    });

    it('remembers every success of a run, also that of the listener that was done last', async () => {
      await start();
      const payload = scheme.payment();
      const slow = gate();
      script.first = () => Promise.reject(new Error('at once'));
      script.second = slow.wait;
      const answer = notify(payload);
      while (host.logs.matching(/at once/).length === 0) await new Promise(setImmediate);
      slow.open();
      expect((await answer).status).toBe(500);
      script.first = () => undefined;

      expect((await notify(payload)).status).toBe(200);
      expect(script.calls).toEqual(['first', 'second', 'first']);
      expect(script.events.map(({ delivery }) => delivery.attempt)).toEqual([1, 2]);
    });

    it('answers 500, and not with silence, when the library itself breaks', async () => {
      await start();
      const delivery = host.app.get(InlineDelivery, { strict: false });
      jest.spyOn(delivery, 'deliver').mockRejectedValueOnce(new Error('a bug of ours'));
      const payload = scheme.payment();

      expect(await notify(payload)).toEqual({ status: 500, body: scheme.answers.notProcessed });
      expect(host.logs.matching(/could not be processed: Error: a bug of ours/)).toHaveLength(1);
      expect((await notify(payload)).status).toBe(200);
    });

    it('answers 500, and not with silence, while the app is still starting', async () => {
      await start();
      const registry = host.app.get(ListenerRegistry, { strict: false });
      const listeners: unknown = Reflect.get(registry, 'listeners');
      Reflect.set(registry, 'listeners', undefined);
      const payload = scheme.payment();

      expect(await notify(payload)).toEqual({ status: 500, body: scheme.answers.notProcessed });
      expect((await host.askToken()).body).toBe(
        '{"responseCode":"5007300","responseMessage":"General Error"}',
      );
      Reflect.set(registry, 'listeners', listeners);
      expect((await notify(payload)).status).toBe(200);
      expect(script.calls).toEqual(['first', 'second']);
    });

    it('gives a listener an event that nobody can change under it', async () => {
      await start();
      script.first = () => {
        const [event] = script.events;
        Object.assign(event?.amount ?? {}, { value: '1.00' });
      };

      expect((await notify()).status).toBe(500);
      expect(host.logs.matching(/TypeError: Cannot assign to read only property/)).toHaveLength(1);
    });
  },
);

describe.each(PLATFORM_NAMES)('a non-SNAP notification on %s', (platform) => {
  let host: HostApp;
  const start = async (setup: Partial<HostAppSetup> = both) => {
    host = await HostApp.start({ platform, ...setup });
  };

  beforeEach(() => {
    script.calls = [];
    script.events = [];
    script.first = () => undefined;
    script.second = () => undefined;
  });

  afterEach(() => host.close());

  it('gives a listener an event that it can rely on', async () => {
    await start();
    const payload = dokuNotificationFixtures.paymentSucceeded({
      invoiceNumber: 'INV-7',
      amount: 125_000,
      originalRequestId: 'req-7',
      date: '2026-01-27T03:24:23Z',
    });

    await host.notify({ payload, transportId: 'transport-7' });

    const [event] = script.events;
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      type: 'payment.succeeded',
      source: 'notification',
      channel: 'cimb-direct-debit',
      merchant: 'default',
      reference: 'INV-7',
      amount: { value: '125000.00', currency: 'IDR' },
      status: 'SUCCESS',
      occurredAt: '2026-01-27T03:24:23.000Z',
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      delivery: { attempt: 1, transportId: 'transport-7' },
      payload,
    });
  });

  it('tells one fact from another, whatever else differs', async () => {
    await start();
    const fact = { invoiceNumber: 'INV-1', originalRequestId: 'req-1' };
    const succeeded = (more: object = {}) =>
      dokuNotificationFixtures.paymentSucceeded({ ...fact, ...more });

    await host.notify({ payload: succeeded({ date: '2026-01-01T00:00:00Z' }) });
    await host.notify({ payload: { ...succeeded(), note: 'resent' } });
    expect(script.calls).toEqual(['first', 'second']);

    await host.notify({ payload: succeeded({ originalRequestId: 'req-2' }) });
    await host.notify({ payload: succeeded({ invoiceNumber: 'INV-2' }) });
    await host.notify({ payload: dokuNotificationFixtures.paymentFailed(fact) });
    expect(script.events).toHaveLength(4);
    expect(new Set(script.events.map(({ id }) => id)).size).toBe(4);
  });

  it('does not join two refunds of one invoice, which DOKU does not number', async () => {
    await start();
    const refund = (amount: number, date: string) =>
      dokuNotificationFixtures.paymentRefunded({
        invoiceNumber: 'INV-1',
        originalRequestId: 'r',
        amount,
        date,
      });
    const one = refund(1_000, '2026-01-01T00:00:00Z');

    await host.notify({ payload: one });
    await host.notify({ payload: refund(1_000, '2026-01-01T00:00:01Z') });
    await host.notify({ payload: one });

    expect(script.events.map(({ type }) => type)).toEqual(['payment.refunded', 'payment.refunded']);
  });

  it('tells the amount of a refund only where DOKU does', async () => {
    await start();
    const refunded = dokuNotificationFixtures.paymentRefunded({ amount: 90_000 });
    await host.notify({ payload: { ...refunded, refund: { amount: '2000.00' } } });
    await host.notify({ payload: { ...refunded, refund: undefined } });
    expect(script.events.map(({ amount }) => amount?.value)).toEqual(['2000.00', undefined]);
  });

  it.each([
    ['paymentSucceeded', 'payment.succeeded'],
    ['paymentFailed', 'payment.failed'],
    ['paymentPending', 'payment.pending'],
    ['paymentExpired', 'payment.expired'],
    ['paymentCancelled', 'payment.cancelled'],
    ['paymentRefunded', 'payment.refunded'],
  ] as const)('turns the fixture %s into %s', async (fixture, type) => {
    await start();
    await host.notify({ payload: dokuNotificationFixtures[fixture]() });
    expect(script.events).toMatchObject([{ type }]);
  });
});

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

describe('events', () => {
  let host: HostApp;

  const start = async (setup: Partial<HostAppSetup>) => {
    host = await HostApp.start({ platform: 'express', ...setup });
  };

  beforeEach(() => {
    heard.length = 0;
  });

  afterEach(() => host.close());

  it.each([
    ['a shape that nobody knows', { hello: 'from a newer DOKU' }],
    ['a list', [1, 2]],
    ['a text', '"just a text"'],
    ['null', 'null'],
    [
      'a status that nobody knows',
      { ...dokuNotificationFixtures.paymentSucceeded(), transaction: { status: 'HOLD' } },
    ],
    [
      'a status named like a member of every object',
      { ...dokuNotificationFixtures.paymentSucceeded(), transaction: { status: 'constructor' } },
    ],
    ['no invoice number', { transaction: { status: 'SUCCESS' }, order: { amount: 5 } }],
    ['a status that is no text', { transaction: { status: 1 }, order: { invoice_number: 'a' } }],
  ])('of %s are unrecognised, whole, and never swallowed', async (_case, payload) => {
    await start({ providers: [Everything] });

    expect((await host.notify({ payload })).status).toBe(200);
    expect((await host.notify({ payload })).status).toBe(200);

    const sent: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload;
    expect(heard).toMatchObject([{ type: 'notification.unrecognised' }]);
    expect(heard[0]?.payload).toEqual(sent);
  });

  it('tell the conflict when the same fact comes with another amount', async () => {
    await start({ providers: [Everything] });
    const fact = { invoiceNumber: 'INV-1', originalRequestId: 'req-1' };
    const of = (amount: number) => dokuNotificationFixtures.paymentSucceeded({ ...fact, amount });

    for (const amount of [90_000, 1, 90_000, 1, 2]) {
      expect((await host.notify({ payload: of(amount) })).status).toBe(200);
    }

    expect(heard.map(({ type, amount }) => [type, amount?.value])).toEqual([
      ['payment.succeeded', '90000.00'],
      ['notification.conflict', '1.00'],
      ['notification.conflict', '2.00'],
    ]);
    expect(heard[1]).toMatchObject({
      reference: 'INV-1',
      conflict: { eventId: heard[0]?.id, firstAmount: '90000.00' },
    });
    expect(new Set(heard.map(({ id }) => id)).size).toBe(3);
  });

  it('do not conflict for spelling the same amount in another way', async () => {
    await start({ providers: [Everything] });
    const payload = dokuNotificationFixtures.paymentSucceeded();
    const spelt = { ...payload, order: { ...payload.order, amount: '90000.00' } };

    await host.notify({ payload });
    await host.notify({ payload: spelt });

    expect(heard).toHaveLength(1);
  });

  it.each([
    [{ channel: { id: 'DIRECT_DEBIT_CIMB' } }, 'cimb-direct-debit'],
    [{ channel: { id: 'VIRTUAL_ACCOUNT_BCA' } }, 'VIRTUAL_ACCOUNT_BCA'],
    [{ channel: { id: null } }, 'cimb-direct-debit'],
    [{ channel: null, acquirer: null }, 'unknown'],
  ])('of %j come from the channel %s', async (more, channel) => {
    await start({ providers: [Everything] });
    await host.notify({ payload: { ...dokuNotificationFixtures.paymentSucceeded(), ...more } });
    expect(heard).toMatchObject([{ channel }]);
  });

  it('reach only the listeners of their channel and merchant', async () => {
    const calls: string[] = [];
    @Injectable()
    class Filtered {
      @OnDokuEvent('payment.succeeded', { channel: 'cimb-direct-debit' })
      cimb(): void {
        calls.push('cimb');
      }
      @OnDokuEvent('payment.succeeded', { channel: 'kki' })
      kki(): void {
        calls.push('kki');
      }
      @OnDokuEvent('payment.succeeded', { merchant: 'second' })
      second(): void {
        calls.push('second');
      }
      @OnDokuEvent('payment.failed')
      failed(): void {
        calls.push('failed');
      }
      @OnDokuEvent('notification.*')
      odd(): void {
        calls.push('odd');
      }
    }
    const second = { clientId: 'MCH-2', secretKey: 'SK-second-222' };
    await start({ providers: [Filtered], options: { merchants: { second } } });

    await host.notify();
    expect(calls).toEqual(['cimb']);
    await host.notify(second);
    expect(calls).toEqual(['cimb', 'cimb', 'second']);
  });

  it('reach controllers, values, factories, aliases once, and request-scoped classes anew each time', async () => {
    const calls: string[] = [];
    let instances = 0;
    @Injectable()
    class Greeting {
      readonly text = 'hello';
    }
    @Controller()
    class Hooks {
      @OnDokuEvent('payment.succeeded')
      hear(): void {
        calls.push('controller');
      }
    }
    @Controller({ scope: Scope.REQUEST })
    class ScopedHooks {
      constructor(private readonly greeting: Greeting) {
        instances += 1;
      }
      @OnDokuEvent('payment.succeeded')
      hear(): void {
        calls.push(`scoped controller ${this.greeting.text}`);
      }
    }
    @Injectable({ scope: Scope.REQUEST })
    class Scoped {
      constructor(
        private readonly greeting: Greeting,
        @Inject(REQUEST) private readonly request: DokuEvent,
      ) {
        instances += 1;
      }
      @OnDokuEvent('payment.succeeded')
      hear(event: DokuEvent): void {
        calls.push(`scoped ${this.greeting.text} ${this.request.id === event.id}`);
      }
    }
    class Value {
      @OnDokuEvent('payment.succeeded')
      hear(): void {
        calls.push('value');
      }
    }
    class Made {
      @OnDokuEvent('payment.succeeded')
      hear(): void {
        calls.push('made');
      }
    }
    class Inherited extends Made {}
    Object.defineProperty(Inherited, 'name', { value: 'Inherited' });
    await start({
      controllers: [Hooks, ScopedHooks],
      providers: [
        Greeting,
        Scoped,
        { provide: 'value', useValue: new Value() },
        { provide: 'made', useFactory: () => new Made() },
        { provide: 'alias', useExisting: 'made' },
        { provide: Inherited, useClass: Inherited },
      ],
    });

    expect((await host.notify()).status).toBe(200);
    expect((await host.notify()).status).toBe(200);

    expect(instances).toBe(4);
    expect(calls.sort()).toEqual(
      ['controller', 'made', 'made', 'scoped controller hello', 'scoped hello true', 'value']
        .flatMap((call) => [call, call])
        .sort(),
    );
  });

  it('are repeated for plain @OnEvent listeners, whose failures decide nothing', async () => {
    const calls: string[] = [];
    @Injectable()
    class Plain {
      @OnEvent('doku.payment.succeeded', { suppressErrors: false })
      hear(event: DokuEvent): Promise<void> {
        calls.push(event.type);
        return Promise.reject(new Error('plain no'));
      }
    }
    await start({ providers: [Everything, Plain] });
    const payload = dokuNotificationFixtures.paymentSucceeded();

    expect((await host.notify({ payload })).status).toBe(200);
    expect((await host.notify({ payload })).status).toBe(200);

    expect(calls).toEqual(['payment.succeeded']);
    while (host.logs.matching(/plain no.*not retried/).length === 0)
      await new Promise(setImmediate);
  });

  it('that nobody hears are one warning each, answered 200 or, on demand, 500', async () => {
    await start({ providers: [] });
    expect(host.logs.matching(/warn nothing listens to payment\.succeeded/)).toHaveLength(1);

    const reply = await host.notify({
      payload: dokuNotificationFixtures.paymentSucceeded({ invoiceNumber: 'INV-unheard' }),
      transportId: 'transport-9',
    });

    expect(reply.status).toBe(200);
    const [line, ...more] = host.logs.matching(/INV-unheard/);
    expect(more).toEqual([]);
    expect(line).toMatch(/warn .*id=[0-9a-f]{64}.*requestId="transport-9".*nothing listens/);
    await host.close();

    await start({ providers: [], notifications: { unhandled: 'refuse' } });
    const payload = dokuNotificationFixtures.paymentSucceeded();
    expect((await host.notify({ payload })).status).toBe(500);
    expect((await host.notify({ payload })).status).toBe(500);
  });

  it('are repeated for plain @OnEvent listeners only after delivery', async () => {
    const calls: string[] = [];
    @Injectable()
    class Plain {
      @OnEvent('doku.payment.succeeded')
      hear(): void {
        calls.push('plain');
      }
    }
    script.first = () => Promise.reject(new Error('not yet'));
    await start({ providers: [FirstListener, Plain] });
    const payload = dokuNotificationFixtures.paymentSucceeded();

    expect((await host.notify({ payload })).status).toBe(500);
    expect(calls).toEqual([]);
    script.first = () => undefined;
    expect((await host.notify({ payload })).status).toBe(200);
    while (calls.length === 0) await new Promise(setImmediate);
    expect(calls).toEqual(['plain']);
  });

  it('reach a method that carries the decorator twice, once for each name', async () => {
    const calls: string[] = [];
    @Injectable()
    class Twice {
      @OnDokuEvent('payment.succeeded', { name: 'one' })
      @OnDokuEvent('payment.*', { name: 'two' })
      hear(): void {
        calls.push('heard');
      }
    }
    await start({ providers: [Twice] });
    expect((await host.notify()).status).toBe(200);
    expect(calls).toEqual(['heard', 'heard']);
  });

  it('are told of a payment whose members DOKU spells in another way', async () => {
    await start({ providers: [Everything] });
    await host.notify({
      payload: {
        transaction: { status: 'Success', original_request_id: null },
        order: { invoice_number: 20260101, amount: '90000' },
        payment: { payment_id: '001194654652' },
      },
    });
    expect(heard).toMatchObject([
      {
        type: 'payment.succeeded',
        reference: '20260101',
        dokuReference: '001194654652',
        amount: { value: '90000.00' },
        channel: 'unknown',
      },
    ]);
  });

  it.each([
    ['2026-01-27T03:24:23', '2026-01-27T03:24:23.000Z'],
    ['2026-01-27T10:24:23+07:00', '2026-01-27T03:24:23.000Z'],
    ['2026-01-27T03:24:23.5Z', '2026-01-27T03:24:23.500Z'],
  ])('happened at %s whatever the zone of the machine', async (date, occurredAt) => {
    await start({ providers: [Everything] });
    await host.notify({ payload: dokuNotificationFixtures.paymentSucceeded({ date }) });
    expect(heard).toMatchObject([{ occurredAt }]);
  });

  it('are not missed at start by a listener to all of them', async () => {
    await start({ providers: [Everything] });
    expect(host.logs.matching(/nothing listens/)).toEqual([]);
  });
});

describe('listener names', () => {
  const starting = (setup: Partial<HostAppSetup>) =>
    HostApp.start({ platform: 'express', ...setup });

  it('that are used twice stop the start', async () => {
    class One {
      @OnDokuEvent('payment.succeeded', { name: 'orders' })
      hear(): void {
        return;
      }
    }
    class Two {
      @OnDokuEvent('payment.failed', { name: 'orders' })
      hear(): void {
        return;
      }
    }
    await expect(starting({ providers: [One, Two] })).rejects.toThrow(DokuConfigurationError);
  });

  it('of a class that two modules provide stop the start, and say what to do', async () => {
    @Module({ providers: [Everything] })
    class Other {}
    await expect(starting({ providers: [Everything], imports: [Other] })).rejects.toThrow(
      /provide it once, and export it/,
    );
  });

  it.each(['a:b', ' '])('such as %j stop the start', async (name) => {
    class Odd {
      @OnDokuEvent('*', { name })
      hear(): void {
        return;
      }
    }
    await expect(starting({ providers: [Odd] })).rejects.toThrow(/is no name/);
  });
});
