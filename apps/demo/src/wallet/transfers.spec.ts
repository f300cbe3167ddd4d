import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { DokuWalletService } from 'nestjs-doku';

import { Transfers } from './transfers.js';
import { newMove, type Transfer } from './wallet-move.js';
import { WalletAccountsService } from './wallet-accounts.service.js';

const TRANSFER: Transfer = {
  ...newMove({ id: 'reference', customerId: 'customer', amount: 25_000, to: 'Budi' }),
  kind: 'transfer',
  inquiry: {
    customerNumber: '6281212340010',
    beneficiaryAccountNumber: '888801000157508',
    beneficiaryBankCode: '014',
    amount: { value: 25_000 },
    additionalInfo: { referenceNo: '1' },
  },
};

describe('Transfers', () => {
  it.each([
    ['SUCCESS', 'done'],
    ['CANCELLED', 'not-done'],
    ['INIT', 'open'],
    // It could mean either end: nobody is told to send the money again.
    ['CLOSED', 'open'],
    ['SOMETHING', 'open'],
  ])('takes %s in the history for %s', async (status, finding) => {
    const moduleRef = await Test.createTestingModule({
      providers: [
        Transfers,
        { provide: WalletAccountsService, useValue: {} },
        {
          provide: DokuWalletService,
          useValue: { getTransaction: () => Promise.resolve({ status }) },
        },
      ],
    }).compile();

    expect(await moduleRef.get(Transfers).find(TRANSFER, {})).toBe(finding);
  });
});
