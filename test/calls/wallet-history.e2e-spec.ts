import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { DokuCallOptions, WalletTransaction, WalletTransactionRangeDto } from 'nestjs-doku';

import { freezeDate } from '../harness/frozen-date.js';
import { type Answer, unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

const NOW = '2026-03-15T12:00:00+07:00';
const JANUARY = {
  fromDateTime: '2026-01-01T00:00:00+07:00',
  toDateTime: '2026-01-31T23:59:59+07:00',
};
const OPTIONS: DokuCallOptions = { customer: { accessToken: 'token-1' } };

let gateway: SnapGateway;
let library: StartedLibrary;

beforeAll(async () => {
  gateway = await new SnapGateway().start();
  library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
});
beforeEach(() => {
  freezeDate(new Date(NOW));
});
afterEach(() => {
  jest.useRealTimers();
  gateway.seen.length = 0;
});
afterAll(async () => {
  await library.close();
  await gateway.stop();
});

const page = (rows: readonly object[], more: object = {}): Answer =>
  unsigned({ responseCode: '2001200', detailData: rows, ...more });
const row = (index: number) => ({
  dateTime: '2026-01-02T10:00:00+07:00',
  amount: { value: `${index}.00`, currency: 'IDR' },
  status: 'SUCCESS',
  type: 'PAYMENT',
});
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => row(from + index));
const asked = (index: number) =>
  JSON.parse(gateway.calls[index]?.body.toString() ?? '{}') as Record<string, string>;

describe('the history', () => {
  const list = (range: object) =>
    library.wallet.listTransactions(range as WalletTransactionRangeDto, OPTIONS);

  it('begins with the first page of ten', async () => {
    gateway.onCall = page([]);
    await list(JANUARY);
    expect(asked(0)).toEqual({
      ...JANUARY,
      partnerReferenceNo: expect.any(String),
      pageSize: '10',
      pageNumber: '0',
    });
  });

  it.each([
    [
      { pageSize: 50, pageNumber: 3 },
      { pageSize: '50', pageNumber: '3' },
    ],
    [
      { pageSize: '50', pageNumber: '3' },
      { pageSize: '50', pageNumber: '3' },
    ],
    [
      { pageSize: undefined, pageNumber: null },
      { pageSize: '10', pageNumber: '0' },
    ],
    [
      { fromDateTime: new Date('2026-01-01T00:00:00Z'), toDateTime: '2026-01-02T00:00:00.999Z' },
      { fromDateTime: '2026-01-01T07:00:00+07:00', toDateTime: '2026-01-02T07:00:00+07:00' },
    ],
    [{ fromDateTime: '2026-01-02T00:00:00+09:00' }, { fromDateTime: '2026-01-02T00:00:00+09:00' }],
  ])('takes %j', async (given, sent) => {
    gateway.onCall = page([]);
    await list({ ...JANUARY, ...given });
    expect(asked(0)).toMatchObject(sent);
  });

  it.each<[string, object]>([
    ['one moment', { fromDateTime: NOW, toDateTime: NOW }],
    [
      '31 days',
      { fromDateTime: '2026-01-01T00:00:00+07:00', toDateTime: '2026-02-01T00:00:00+07:00' },
    ],
    [
      'a year ago to the minute',
      { fromDateTime: '2025-03-15T12:00:00+07:00', toDateTime: '2025-04-01T00:00:00+07:00' },
    ],
    [
      'a clock that differs by minutes',
      { fromDateTime: '2025-03-15T11:55:00+07:00', toDateTime: '2025-04-01T00:00:00+07:00' },
    ],
    [
      'zones that differ',
      { fromDateTime: '2026-01-01T10:00:00+07:00', toDateTime: '2026-01-01T03:00:00Z' },
    ],
    [
      'an end to come',
      { fromDateTime: '2026-03-01T00:00:00+07:00', toDateTime: '2026-03-31T00:00:00+07:00' },
    ],
  ])('may span %s', async (_what, range) => {
    gateway.onCall = page([]);
    await list(range);
    expect(gateway.calls).toHaveLength(1);
  });

  it.each<[string, object, RegExp]>([
    ['more than a month', { toDateTime: '2026-02-01T00:00:01+07:00' }, /at most a month/],
    ['backwards', { toDateTime: '2025-12-31T23:59:59+07:00' }, /not be later/],
    [
      'backwards across zones',
      { fromDateTime: '2026-01-01T10:00:00+07:00', toDateTime: '2026-01-01T02:59:59Z' },
      /not be later/,
    ],
    [
      'more than a year back',
      { fromDateTime: '2025-03-15T11:54:59+07:00', toDateTime: '2025-04-01T00:00:00+07:00' },
      /at most a year ago/,
    ],
    ['no beginning', { fromDateTime: undefined }, /fromDateTime is mandatory/],
    ['no zone', { toDateTime: '2026-01-31T23:59:59' }, /toDateTime must be a Date, or a moment/],
    ['31 February', { toDateTime: '2026-02-31T00:00:00+07:00' }, /toDateTime must be/],
    ['no date', { fromDateTime: new Date(NaN) }, /fromDateTime must be/],
    ['pages of none', { pageSize: 0 }, /pageSize must be a whole number of at least 1/],
    ['half a page', { pageSize: 1.5 }, /pageSize must be/],
    [
      'a page before the first',
      { pageNumber: -1 },
      /pageNumber must be a whole number of at least 0/,
    ],
    ['a page that is no number', { pageNumber: '1e3' }, /pageNumber must be/],
  ])('with %s is refused before it is sent', async (_what, given, message) => {
    await expect(list({ ...JANUARY, ...given })).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
    expect(gateway.seen).toHaveLength(0);
  });

  it('counts a year back from 29 February, too', async () => {
    jest.setSystemTime(new Date('2028-02-29T12:00:00+07:00'));
    gateway.onCall = page([]);
    const range = { toDateTime: '2027-03-01T00:00:00+07:00' };
    await list({ ...range, fromDateTime: '2027-02-28T12:00:00+07:00' });
    await expect(
      list({ ...range, fromDateTime: '2027-02-28T11:00:00+07:00' }),
    ).rejects.toMatchObject({ code: 'validation' });
  });
});

describe('all transactions', () => {
  const all = async (
    given: object = {},
    options: DokuCallOptions = OPTIONS,
  ): Promise<WalletTransaction[]> => {
    const found: WalletTransaction[] = [];
    for await (const each of library.wallet.transactions({ ...JANUARY, ...given }, options)) {
      found.push(each);
    }
    return found;
  };
  /** Answers page by page; what comes after the last is a failure of the test. */
  const serve = (...pages: readonly Answer[]): void => {
    gateway.onCall = (request, response) => {
      const { pageNumber } = JSON.parse(request.body.toString()) as { pageNumber: string };
      (pages[Number(pageNumber)] ?? refused('5001201'))(request, response);
    };
  };

  it.each<[string, readonly Answer[], number, number]>([
    ['a page that is not full', [page(rows(0, 3)), page(rows(3, 3)), page(rows(6, 1))], 7, 3],
    ['an empty page', [page(rows(0, 3)), page([])], 3, 2],
    ['a page without a list', [page(rows(0, 3)), page([], { detailData: undefined })], 3, 2],
    ['a page that is not found', [page(rows(0, 3)), refused('4041201')], 3, 2],
    ['the first page', [page([])], 0, 1],
  ])('end with %s', async (_what, pages, count, calls) => {
    serve(...pages);
    const found = await all({ pageSize: 3 });
    expect(found).toEqual(rows(0, count));
    expect(gateway.calls).toHaveLength(calls);
    expect(new Set(gateway.calls.map((_, index) => asked(index).partnerReferenceNo)).size).toBe(
      calls,
    );
  });

  it('go on after fifty rows, since DOKU may give no more of them at once', async () => {
    serve(page(rows(0, 50)), page(rows(50, 50)), page(rows(100, 3)));
    expect(await all({ pageSize: 100 })).toEqual(rows(0, 103));
  });

  it('come in pages of ten where nothing is said', async () => {
    serve(page(rows(0, 10)), page(rows(10, 9)));
    expect(await all()).toHaveLength(19);
  });

  it('are fetched as they are consumed', async () => {
    serve(page(rows(0, 3)), page(rows(3, 3)));
    for await (const first of library.wallet.transactions({ ...JANUARY, pageSize: 3 }, OPTIONS)) {
      expect(first).toEqual(row(0));
      break;
    }
    expect(gateway.calls).toHaveLength(1);
  });

  it('end with the failure of a page, after the rows before it', async () => {
    serve(page(rows(0, 3)), refused('4031201'));
    const found: WalletTransaction[] = [];
    await expect(
      (async () => {
        for await (const each of library.wallet.transactions(
          { ...JANUARY, pageSize: 3 },
          OPTIONS,
        )) {
          found.push(each);
        }
      })(),
    ).rejects.toMatchObject({ code: 'refused', responseCode: '4031201' });
    expect(found).toHaveLength(3);
  });

  it('that are not found at all are a refusal', async () => {
    serve(refused('4041201'));
    await expect(all()).rejects.toMatchObject({ code: 'refused', responseCode: '4041201' });
  });

  it('of a server that gives one page for ever are an error', async () => {
    gateway.onCall = page(rows(0, 3));
    await expect(all({ pageSize: 3 })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/page 1 is the one before again/),
    });
    expect(gateway.calls).toHaveLength(2);
  });

  it('of a server that gives new pages for ever are an error', async () => {
    let given = 0;
    gateway.onCall = (request, response) => {
      given += 1;
      page([row(given)])(request, response);
    };
    await expect(all({ pageSize: 1 })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/no end after 1000 pages/),
    });
    expect(given).toBe(1000);
  }, 20_000);

  it('end when the caller aborts', async () => {
    const abort = new AbortController();
    serve(page(rows(0, 3)), page(rows(3, 3)));
    const found: WalletTransaction[] = [];
    await expect(
      (async () => {
        const range = { ...JANUARY, pageSize: 3 };
        for await (const each of library.wallet.transactions(range, {
          ...OPTIONS,
          signal: abort.signal,
        })) {
          found.push(each);
          if (found.length === 3) abort.abort();
        }
      })(),
    ).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/aborted/) });
    expect(found).toHaveLength(3);
    expect(gateway.calls).toHaveLength(1);
  });

  it('of a wrong range are refused before anything is sent', async () => {
    await expect(all({ toDateTime: '2026-03-01T00:00:00+07:00' })).rejects.toMatchObject({
      code: 'validation',
    });
    await expect(all({ pageSize: 'ten' })).rejects.toMatchObject({ code: 'validation' });
    expect(gateway.seen).toHaveLength(0);
  });
});
