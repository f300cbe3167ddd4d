import KeyvRedis from '@keyv/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import Keyv from 'keyv';
import type { DokuTokenStore } from 'nestjs-doku';
import { redisTokenStore } from 'nestjs-doku/redis';

import { describeWith, urlOf } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

/** Each test has its own keys, so that runs side by side do not meet. */
const customerOf = (test: string) => ({ authCode: `auth-${test}-${process.pid}-${Date.now()}` });

const CALL = {
  name: 'test.call',
  method: 'POST',
  path: '/call',
  scheme: 'snap',
  effect: 'once',
} as const;

class MapStore implements DokuTokenStore {
  readonly values = new Map<string, string>();
  readonly lives = new Map<string, number>();
  get = (key: string): unknown => this.values.get(key);
  set = (key: string, value: string, ttlMs: number): unknown => {
    this.lives.set(key, ttlMs);
    return this.values.set(key, value);
  };
  delete = (key: string): unknown => this.values.delete(key);
}

let gateway: SnapGateway;
const started: StartedLibrary[] = [];

beforeEach(async () => {
  gateway = await new SnapGateway().start();
});
afterEach(async () => {
  for (const library of started.splice(0)) await library.close();
  await gateway.stop();
});

async function withStore(store: DokuTokenStore, more: object = {}): Promise<StartedLibrary> {
  const library = await startLibrary({
    baseUrl: gateway.url,
    privateKey: MERCHANT_PRIVATE_KEY,
    tokens: { store },
    ...more,
  });
  started.push(library);
  return library;
}

describe('a shared store', () => {
  it("lets a second process use the first one's tokens", async () => {
    const store = new MapStore();
    const [first, second] = [await withStore(store), await withStore(store)];
    const customer = { authCode: 'auth-1' };
    const tokens = [
      await first.tokens.getB2bToken(),
      await second.tokens.getB2bToken(),
      await first.tokens.getB2b2cToken({ customer }),
      await second.tokens.getB2b2cToken({ customer }),
    ].map(({ accessToken }) => accessToken);
    expect(tokens).toEqual(['b2b-1', 'b2b-1', 'customer-auth-1-2', 'customer-auth-1-2']);
    expect(gateway.seen).toHaveLength(2);
  });

  it('holds nothing that can be read: no token, no authCode, no client id', async () => {
    const store = new MapStore();
    const { tokens } = await withStore(store);
    gateway.b2b2cAnswer = { refreshToken: 'refresh-secret', refreshTokenExpiryTime: '3600' };
    await tokens.getB2bToken();
    await tokens.getB2b2cToken({ customer: { authCode: 'authcode-secret' } });
    const content = JSON.stringify([...store.values]);
    const decoded = [...store.values.values()].map((value) =>
      Buffer.from(value, 'base64').toString('latin1'),
    );
    for (const secret of ['b2b-1', 'customer-', 'refresh-secret', 'authcode-secret', 'MCH-0001']) {
      expect(content).not.toContain(secret);
      expect(decoded.join()).not.toContain(secret);
    }
    expect([...store.lives.values()].every((ttl) => ttl > 0 && ttl <= 3_600_000)).toBe(true);
  });

  it('is told of by a warning when it has no lock', async () => {
    const without = await withStore(new MapStore());
    expect(without.logs.matching(/warn tokens\.store has no lock/)).toHaveLength(1);
    const withLock = await withStore(
      Object.assign(new MapStore(), { lock: () => () => undefined }),
    );
    expect(withLock.logs.matching(/no lock/)).toEqual([]);
  });

  it.each([
    ['no object', 42],
    ['null', null],
    ['without set', { get: () => 1, delete: () => 1 }],
    [
      'with a lock that is no function',
      { get: () => 1, set: () => 1, delete: () => 1, lock: true },
    ],
  ])('that is %s stops the start', async (_what, store: unknown) => {
    await expect(
      startLibrary({ baseUrl: gateway.url, tokens: { store: store as DokuTokenStore } }),
    ).rejects.toMatchObject({ code: 'configuration', option: 'tokens.store' });
  });

  const forever = new Promise<never>(() => undefined);
  const broken = () => {
    throw new Error('redis://user:store-password@host');
  };
  it.each<[string, Partial<DokuTokenStore>]>([
    ['throws', { get: broken, set: broken, delete: broken, lock: broken }],
    ['rejects', { get: () => Promise.reject(new Error('down')), set: broken }],
    [
      'hangs',
      { get: () => forever, set: () => forever, delete: () => forever, lock: () => forever },
    ],
    ['hangs on writing', { set: () => forever }],
    ['never gives the lock free, and throws', { lock: broken }],
    ['gives numbers', { get: () => 42 }],
    ['gives null', { get: () => null }],
    [
      'gives a token in the clear',
      { get: () => JSON.stringify({ accessToken: 'evil', expiresAt: 9e15 }) },
    ],
    ['gives rubbish', { get: () => 'AAAA' }],
    ['cannot release', { lock: () => broken }],
  ])('that %s breaks no call', async (_how, behaviour) => {
    const { tokens, logs } = await withStore(Object.assign(new MapStore(), behaviour));
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: 8 }, () => tokens.getB2bToken()));
    expect(new Set(all.map(({ accessToken }) => accessToken))).toEqual(new Set(['b2b-1']));
    expect((await tokens.getB2bToken()).accessToken).toBe('b2b-1');
    expect(gateway.seen).toHaveLength(1);
    // Not for ever: half a second for each of the few things that are asked of it.
    expect(performance.now() - started).toBeLessThan(5_000);
    await tokens.invalidate();
    expect(logs.lines.join()).not.toContain('store-password');
  });

  it('that fails is told of once in a while, by what failed and how', async () => {
    const { tokens, logs } = await withStore(
      Object.assign(new MapStore(), { get: broken, set: broken }),
    );
    await tokens.getB2bToken();
    await tokens.invalidate();
    await tokens.getB2bToken();
    expect(logs.matching(/tokens\.store failed \(get: Error\)/)).toHaveLength(1);
  });

  it('whose lock is never free holds nobody up for long', async () => {
    const { tokens } = await withStore(Object.assign(new MapStore(), { lock: () => undefined }));
    await tokens.getB2bToken({ timeoutMs: 20_000 });
    expect(gateway.b2bRequests).toHaveLength(1);
  }, 20_000);

  it('gives no token back that was forgotten while it was asked for', async () => {
    const store = new MapStore();
    const { tokens } = await withStore(store);
    let answerLate = (): void => undefined;
    gateway.onToken = (request, response) => {
      answerLate = () => {
        gateway.issue(request, response);
      };
    };
    const early = tokens.getB2bToken();
    await eventually(() => gateway.seen.length === 1);
    await tokens.invalidate();
    gateway.onToken = undefined;
    answerLate();
    await early;
    expect(store.values.size).toBe(0);
    expect((await tokens.getB2bToken()).accessToken).toBe('b2b-2');
  });

  it('that cannot forget a token does not bring it back', async () => {
    const { tokens } = await withStore(Object.assign(new MapStore(), { delete: () => false }));
    await tokens.getB2bToken();
    await tokens.invalidate();
    expect((await tokens.getB2bToken()).accessToken).toBe('b2b-2');
  });

  it('with an older token than the one refused is not listened to', async () => {
    const store = new MapStore();
    const { client, tokens } = await withStore(store);
    await tokens.getB2bToken();
    const [[key, older] = ['', '']] = [...store.values];
    const takeOnly = (token: string): void => {
      gateway.onCall = (request, response) => {
        if (tokensOf(request).b2b === token) response.end('{"responseCode":"2005400"}');
        else refused('4015401')(request, response);
      };
    };
    takeOnly('b2b-2');
    await client.request(CALL, {});
    // Somebody put the old one back.
    store.values.set(key, older);
    takeOnly('b2b-3');
    await client.request(CALL, {});
    expect(gateway.calls.map((call) => tokensOf(call).b2b)).toEqual([
      'b2b-1',
      'b2b-2',
      'b2b-2',
      'b2b-3',
    ]);
  });

  it("that mixes its entries up never lends one customer another's token", async () => {
    const store = new MapStore();
    const { tokens } = await withStore(store);
    await tokens.getB2b2cToken({ customer: { authCode: 'alice' } });
    const [sealed = ''] = store.values.values();
    const liar = Object.assign(new MapStore(), { get: () => sealed });
    const other = await withStore(liar);
    const token = await other.tokens.getB2b2cToken({ customer: { authCode: 'bob' } });
    expect(token.accessToken).toBe('customer-bob-2');
  });

  it('whose tokens DOKU takes no more is passed by, once', async () => {
    const store = new MapStore();
    const [first, second] = [await withStore(store), await withStore(store)];
    await first.tokens.getB2bToken();
    await second.tokens.getB2bToken();
    gateway.onCall = (request, response) => {
      if (request.headers.authorization === 'Bearer b2b-1') refused('4015401')(request, response);
      else response.end('{"responseCode":"2005400"}');
    };
    await first.client.request(CALL, {});
    // The second learns of the new token from the store, not from DOKU.
    await second.client.request(CALL, {});
    expect(gateway.b2bRequests).toHaveLength(2);
  });

  it('whose token has been revoked as well costs an attempt more, not the call', async () => {
    const store = new MapStore();
    const [busy, asleep] = [await withStore(store), await withStore(store)];
    const revoked = new Set<string>();
    gateway.onCall = (request, response) => {
      const { b2b } = tokensOf(request);
      if (revoked.has(b2b)) refused('4015401')(request, response);
      else response.end('{"responseCode":"2005400"}');
    };
    const call = (library: StartedLibrary) => library.client.request(CALL, {});
    await call(busy);
    await call(asleep);
    revoked.add('b2b-1');
    await call(busy);
    revoked.add('b2b-2');
    await Promise.all(Array.from({ length: 32 }, () => call(asleep)));
    expect(gateway.b2bRequests).toHaveLength(3);
  });

  it('is unlocked again, whatever else goes wrong with it', async () => {
    let released = 0;
    const lock = () => () => (released += 1);
    const { tokens } = await withStore(
      Object.assign(new MapStore(), {
        lock,
        set: () => Promise.reject(new Error('full')),
      }),
    );
    await tokens.getB2bToken();
    expect(released).toBe(1);
  });

  it('that gives its lock too late gets it back', async () => {
    let give: (release: () => void) => void = () => undefined;
    let released = false;
    const late = new Promise<() => void>((resolve) => {
      give = resolve;
    });
    const { tokens } = await withStore(Object.assign(new MapStore(), { lock: () => late }));
    await tokens.getB2bToken();
    give(() => {
      released = true;
    });
    await eventually(() => released);
  });

  it('keeps the secret of a merchant who is rotating it', async () => {
    const store = new MapStore();
    const before = await withStore(store, { secretKey: 'SK-before-1' });
    await before.tokens.getB2bToken();
    const after = await withStore(store, {
      secretKey: 'SK-after-2',
      previousSecretKeys: ['SK-before-1'],
    });
    await after.tokens.getB2bToken();
    expect(gateway.b2bRequests).toHaveLength(1);
  });

  it('that another process has locked is waited for', async () => {
    const store = new MapStore();
    let isHeld = true;
    const asked: string[] = [];
    const locking = Object.assign(store, {
      lock: (key: string) => {
        asked.push(key);
        return isHeld ? undefined : () => undefined;
      },
    });
    const waiting = await withStore(locking);
    const token = waiting.tokens.getB2bToken();
    await eventually(() => asked.length >= 3);
    expect(gateway.seen).toHaveLength(0);
    // The holder puts its token there and goes.
    const holder = await withStore(Object.assign(new MapStore(), { set: store.set }));
    await holder.tokens.getB2bToken();
    isHeld = false;
    expect((await token).accessToken).toBe('b2b-1');
    expect(gateway.seen).toHaveLength(1);
  });
});

(await describeWith('redis'))('Redis', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(urlOf('redis'));
  });
  afterAll(async () => {
    await redis.quit();
  });

  it('shares tokens through redisTokenStore, and lets them go in time', async () => {
    const customer = customerOf('ioredis');
    const [first, second] = [
      await withStore(redisTokenStore(redis)),
      await withStore(redisTokenStore(redis)),
    ];
    const token = await first.tokens.getB2b2cToken({ customer });
    expect(await second.tokens.getB2b2cToken({ customer })).toEqual(token);
    expect(gateway.b2b2cRequests).toHaveLength(1);
    await second.tokens.invalidate({ customer });
    const third = await withStore(redisTokenStore(redis));
    await third.tokens.getB2b2cToken({ customer });
    expect(gateway.b2b2cRequests).toHaveLength(2);
  });

  it('shares tokens through a Keyv over Redis', async () => {
    const adapter = new KeyvRedis(urlOf('redis'));
    const keyv = new Keyv({ store: adapter });
    const customer = customerOf('keyv');
    const [first, second] = [await withStore(keyv), await withStore(keyv)];
    const token = await first.tokens.getB2b2cToken({ customer });
    expect(await second.tokens.getB2b2cToken({ customer })).toEqual(token);
    expect(gateway.b2b2cRequests).toHaveLength(1);
    await keyv.disconnect();
  });

  it('gives a lock to one, opens it when its holder has died, and for its holder only', async () => {
    const { lock } = redisTokenStore(redis);
    const key = customerOf('lock').authCode;
    const release = await lock(key, 10_000);
    expect(await lock(key, 10_000)).toBeUndefined();
    await (release as () => Promise<unknown>)();
    const dying = (await lock(key, 30)) as () => Promise<unknown>;
    let next: unknown;
    await eventually(async () => (next = await lock(key, 10_000)) !== undefined);
    // Too late: it is somebody else's by now.
    await dying();
    expect(await lock(key, 10_000)).toBeUndefined();
    await (next as () => Promise<unknown>)();
  });
});
