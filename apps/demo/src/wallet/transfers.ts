import { HttpStatus, Injectable } from '@nestjs/common';
import {
  createPartnerReference,
  type DokuCallOptions,
  DokuWalletService,
  snapResponseCode,
} from 'nestjs-doku';

import { isDokuError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import type { TransferDto } from './dto/transfer.dto.js';
import { type MoveFinding, newMove, type Transfer } from './wallet-move.js';
import { WalletAccountsService } from './wallet-accounts.service.js';

/** DOKU documents no values of `accountType`; `S` for savings stands in its sample. */
const ACCOUNT_TYPE = 'S';

/** Transfers from wallets to bank accounts. */
@Injectable()
export class Transfers {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly accounts: WalletAccountsService,
  ) {}

  async ask(
    customerId: string,
    { bankCode, accountNumber, amount }: TransferDto,
  ): Promise<Transfer> {
    const inquiry = await this.accounts.call(customerId, async (options, phone) => {
      try {
        return await this.wallet.inquireBankAccount(
          {
            customerNumber: phone,
            beneficiaryAccountNumber: accountNumber,
            amount: { value: amount },
            additionalInfo: { bankCode },
          },
          options,
        );
      } catch (error) {
        throw isNoSuchAccount(error) ? noSuchAccount() : error;
      }
    });
    const { beneficiaryAccountName, forTransferToBank } = inquiry;
    const to = `${beneficiaryAccountName ?? 'An account'}, bank ${bankCode} ···· ${accountNumber.slice(-4)}`;
    const move = newMove({ id: createPartnerReference(), customerId, amount, to });
    return { ...move, kind: 'transfer', inquiry: forTransferToBank };
  }

  send({ id, inquiry }: Transfer, options: DokuCallOptions): Promise<{ readonly status: string }> {
    return this.wallet.transferToBank(
      { ...inquiry, partnerReferenceNo: id, accountType: ACCOUNT_TYPE },
      options,
    );
  }

  /** A transfer has no query of its own: the history tells. */
  async find({ id }: Transfer, options: DokuCallOptions): Promise<MoveFinding> {
    const query = { originalPartnerReferenceNo: id };
    const { status } = await this.wallet.getTransaction(query, options);
    if (status === 'SUCCESS') return 'done';
    // `CLOSED` could mean either end.
    return status === 'CANCELLED' ? 'not-done' : 'open';
  }
}

function isNoSuchAccount(error: unknown): boolean {
  if (!isDokuError(error) || error.code !== 'refused') return false;
  const code = snapResponseCode(error.responseCode ?? '');
  return code?.service === 'transfer-inquiry' && code.httpStatus === 404 && code.case === '11';
}

function noSuchAccount(): ShopError {
  return new ShopError(
    'not-found',
    HttpStatus.UNPROCESSABLE_ENTITY,
    'The bank has no such account. Check the bank and the number. Nothing was sent.',
  );
}
