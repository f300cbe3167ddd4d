import { Injectable } from '@nestjs/common';
import { createPartnerReference, type DokuCallOptions, DokuWalletService } from 'nestjs-doku';

import { type MoveFinding, newMove, type TopUp } from './wallet-move.js';
import { WalletAccountsService } from './wallet-accounts.service.js';

/** Top-ups of wallets. In this demo the shop pays for them: a real one takes the money first. */
@Injectable()
export class TopUps {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly accounts: WalletAccountsService,
  ) {}

  async ask(customerId: string, amount: number): Promise<TopUp> {
    const { forTopUp, customerName } = await this.accounts.call(customerId, (options, phone) =>
      this.wallet.inquireTopUpAccount(
        { customerNumber: phone, amount: { value: amount } },
        options,
      ),
    );
    const to = customerName === undefined ? 'Your wallet' : `The wallet of ${customerName}`;
    const move = newMove({ id: createPartnerReference(), customerId, amount, to });
    return { ...move, kind: 'top-up', inquiry: forTopUp };
  }

  send({ id, inquiry }: TopUp, options: DokuCallOptions): Promise<{ readonly status: string }> {
    return this.wallet.topUp(
      { ...inquiry, partnerReferenceNo: id, notes: 'From the shop' },
      options,
    );
  }

  async find({ id }: TopUp, options: DokuCallOptions): Promise<MoveFinding> {
    const query = { originalPartnerReferenceNo: id };
    const { status } = await this.wallet.queryTopUp(query, options);
    if (status === 'paid') return 'done';
    return status === 'failed' || status === 'cancelled' ? 'not-done' : 'open';
  }
}
