import { describe, expect, it } from '@jest/globals';

import { describeWith, ENGINES } from '../harness/engines.js';
import { eventually } from '../harness/eventually.js';
import type { ShopClient } from './shop-client.js';
import { ShopStage } from './shop-stage.js';

/** Three attempts take three seconds. */
const DEAD_WITHIN_MS = 15_000;

for (const engine of ENGINES) {
  (await describeWith(engine))(`The demo shop with its events on ${engine}`, () => {
    const stage = new ShopStage(engine);

    async function untilDeadLetters(count: number): Promise<void> {
      await eventually(
        async () => (await stage.customer.delivery()).deadLetters === count,
        DEAD_WITHIN_MS,
      );
    }

    async function untilBooked(entries: number): Promise<void> {
      await eventually(
        async () => (await stage.customer.delivery()).books.entries === entries,
        DEAD_WITHIN_MS,
      );
    }

    /** Pays while the bookkeeping fails. @returns the order's reference, and the dead letter's id */
    async function makeDeadLetter(): Promise<{ reference: string; id: string }> {
      await stage.customer.failBookkeeping(true);
      const reference = await stage.customer.buy();
      await untilDeadLetters(1);
      const [letter] = await stage.customer.deadLetters();
      return { reference, id: letter?.id ?? '' };
    }

    it('sells, books, and says where the events are, without a password', async () => {
      const reference = await stage.customer.buy();

      await stage.customer.until(reference, ({ status }) => status === 'paid');
      await untilBooked(1);
      expect(await stage.customer.delivery()).toMatchObject({
        engine,
        address: expect.stringMatching(/^[^@/]+:\d+/),
        state: 'ok',
        deadLetters: 0,
        books: { isFailing: false, entries: 1, total: 90_000 },
      });
    }, 30_000);

    it('keeps what the bookkeeping could not book, until it is replayed', async () => {
      const { reference, id } = await makeDeadLetter();

      // The other listener has settled the order all the same.
      await stage.customer.until(reference, ({ status }) => status === 'paid');
      expect(await stage.customer.delivery()).toMatchObject({
        state: 'degraded',
        books: { entries: 0 },
      });
      expect(await stage.customer.deadLetters()).toMatchObject([
        {
          type: 'payment.succeeded',
          reference,
          listener: 'Bookkeeping.record',
          cause: 'attempts-used-up',
          reason: expect.stringContaining('switched off'),
          attempts: 3,
        },
      ]);
      await stage.customer.failBookkeeping(false);
      const replays = [1, 2].map(() =>
        stage.customer.call('POST', `/api/dead-letters/${id}/replay`),
      );
      const statuses = (await Promise.all(replays)).map(({ status }) => status);

      await untilBooked(1);
      expect(statuses).toContain(204);
      expect(await stage.customer.delivery()).toMatchObject({ state: 'ok', deadLetters: 0 });
      expect(await stage.customer.call('POST', `/api/dead-letters/${id}/replay`)).toMatchObject({
        status: 404,
        body: { error: { code: 'not-found' } },
      });
    }, 60_000);

    it('shows the event of a dead letter without what nobody has to see', async () => {
      const { reference, id } = await makeDeadLetter();

      const { status, body } = await stage.customer.call('GET', `/api/dead-letters/${id}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ event: { type: 'payment.succeeded', reference } });
      expect(JSON.stringify(body)).toContain('[redacted]');
      expect(await stage.customer.call('GET', '/api/dead-letters/nothing')).toMatchObject({
        status: 404,
        body: { error: { code: 'not-found' } },
      });
    }, 60_000);

    it('puts a dead letter aside, once somebody has said why', async () => {
      const { id } = await makeDeadLetter();
      const discard = (reason: string): ReturnType<ShopClient['call']> =>
        stage.customer.call('POST', `/api/dead-letters/${id}/discard`, { reason });

      expect(await discard(' ')).toMatchObject({ status: 400 });
      expect(await stage.customer.deadLetters()).toHaveLength(1);
      expect(await discard('booked by hand')).toMatchObject({ status: 204 });
      expect(await stage.customer.deadLetters()).toEqual([]);
      expect(await stage.customer.delivery()).toMatchObject({ state: 'ok', books: { entries: 0 } });
    }, 60_000);

    it('replays all at once', async () => {
      await stage.customer.failBookkeeping(true);
      await stage.customer.buy();
      await stage.customer.buy();
      await untilDeadLetters(2);
      await stage.customer.failBookkeeping(false);

      expect(await stage.customer.call('POST', '/api/dead-letters/replay', {})).toMatchObject({
        status: 200,
        body: { replayed: 2 },
      });
      await untilBooked(2);
    }, 60_000);

    it('asks for what no notification tells, and books it, too', async () => {
      await stage.shop.tellSimulator('settings', { notifications: false });
      const byCard = await stage.customer.buy();
      const { reference: byKki } = await stage.customer.openOrder();
      await stage.customer.payByKki(byKki);

      await stage.customer.until(byCard, ({ status }) => status === 'paid');
      await stage.customer.until(byKki, ({ status }) => status === 'paid');
      await untilBooked(2);
    }, 30_000);

    it('asks for purchases, top-ups and transfers of wallets, for their owners', async () => {
      await stage.customer.linkWallet();
      const { reference } = await stage.customer.openOrder();
      await stage.customer.payByWallet(reference);
      await stage.customer.decideLastPayment('approve');
      await stage.customer.until(reference, ({ status }) => status === 'paid');

      for (const [operation, ask] of [
        ['wallet.topUp', () => stage.customer.askTopUp(50_000)],
        ['wallet.transferToBank', () => stage.customer.askTransfer(25_000)],
      ] as const) {
        const id = await ask();
        await stage.shop.breakNext({ operation, fault: 'drop-after-processing' });
        expect(await stage.customer.sendMove(id)).toMatchObject({
          status: 502,
          body: { error: { code: 'outcome-unknown' } },
        });
        await eventually(async () => {
          const { body } = await stage.customer.call('GET', '/api/wallet/moves');
          const moves = body as readonly { readonly id: string; readonly phase: string }[];
          return moves.some((move) => move.id === id && move.phase === 'done');
        }, DEAD_WITHIN_MS);
      }
      expect(await stage.customer.wallet()).toMatchObject({
        balance: 1_000_000 - 90_000 + 50_000 - 25_000,
      });
    }, 60_000);
  });
}

describe('The demo shop that delivers inline', () => {
  const stage = new ShopStage();

  it('says so, and has neither dead letters nor a switch', async () => {
    expect(await stage.customer.delivery()).toMatchObject({ engine: 'inline', address: null });
    const needed = { status: 409, body: { error: { code: 'durable-delivery-needed' } } };
    expect(await stage.customer.call('GET', '/api/dead-letters')).toMatchObject(needed);
    expect(await stage.customer.failBookkeeping(true)).toMatchObject(needed);
    expect(await stage.customer.delivery()).toMatchObject({ books: { isFailing: false } });
  });
});
