import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { DokuApiError, DokuOutcomeUnknownError } from 'nestjs-doku';

import { OneAtATime } from '../payments/one-at-a-time.js';
import { shopSettings } from '../settings/shop-settings.js';
import { TopUps } from './top-ups.js';
import { Transfers } from './transfers.js';
import { WalletAccountsService } from './wallet-accounts.service.js';
import { newMove } from './wallet-move.js';
import { WalletMoves } from './wallet-moves.service.js';
import { WalletMovesStore } from './wallet-moves.store.js';

const LOST = new DokuOutcomeUnknownError('lost', { fix: '' });
const NOT_FOUND = new DokuApiError('no', { fix: '', httpStatus: 404, responseCode: '4043901' });

describe('WalletMoves', () => {
  async function startMoves(statusAfterMs: number) {
    const sent: string[] = [];
    const moduleRef = await Test.createTestingModule({
      providers: [
        WalletMoves,
        WalletMovesStore,
        OneAtATime,
        { provide: Transfers, useValue: {} },
        {
          provide: TopUps,
          useValue: {
            ask: (customerId: string, amount: number) =>
              Promise.resolve({
                ...newMove({ id: 'reference', customerId, amount, to: 'Budi' }),
                kind: 'top-up',
              }),
            send: ({ id }: { readonly id: string }) => {
              sent.push(id);
              return Promise.reject(LOST);
            },
            find: () => Promise.reject(NOT_FOUND),
          },
        },
        {
          provide: WalletAccountsService,
          useValue: { call: (_: string, make: (options: object) => unknown) => make({}) },
        },
        { provide: shopSettings.KEY, useValue: { statusAfterMs } },
      ],
    }).compile();
    const moves = moduleRef.get(WalletMoves);
    await moves.askTopUp('customer', 50_000);
    const send = () => moves.send('customer', 'reference');
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    return { sent, send, check: () => moves.check('customer', 'reference') };
  }

  it('does not take "not found" for an answer in the first minute', async () => {
    const { sent, send, check } = await startMoves(60_000);

    expect(await check()).toMatchObject({ phase: 'unknown', mayRepeat: false });
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(sent).toEqual(['reference']);
  });

  it('sends the same again after that, once for each "not found"', async () => {
    const { sent, send, check } = await startMoves(0);

    expect(await check()).toMatchObject({ phase: 'unknown', mayRepeat: true });
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(sent).toEqual(['reference', 'reference']);
  });
});
