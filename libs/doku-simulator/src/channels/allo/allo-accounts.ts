import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../engine/change-feed.js';
import { toAmount, toSen } from '../../snap/snap-amount.js';

const START_BALANCE = '1000000.00';
const START_POINTS = '50000.00';

/** What an account of Allo Bank holds, in sen. */
interface AlloAccount {
  balance: bigint;
  points: bigint;
}

/** The same with amounts as on the wire. */
export interface AlloAccountState {
  readonly channel: string;
  readonly phoneNo: string;
  readonly balance: string;
  readonly points: string;
}

/** Balances of Allo Bank's accounts; each begins when it is first asked for. */
@Injectable()
export class AlloAccounts {
  private readonly accounts = new Map<string, AlloAccount>();

  constructor(private readonly feed: ChangeFeed) {}

  open(phoneNo: string): AlloAccount {
    const known = this.accounts.get(phoneNo);
    if (known !== undefined) return known;
    const account = { balance: toSen(START_BALANCE), points: toSen(START_POINTS) };
    this.accounts.set(phoneNo, account);
    this.feed.announce();
    return account;
  }

  /** Takes both or nothing; answers why it cannot. */
  take(phoneNo: string, { balance, points }: AlloAccount): string | undefined {
    const account = this.open(phoneNo);
    if (balance > account.balance) return 'Insufficient balance';
    if (points > account.points) return 'Insufficient points';
    account.balance -= balance;
    account.points -= points;
    this.feed.announce();
    return undefined;
  }

  giveBack(phoneNo: string, sen: bigint): void {
    this.open(phoneNo).balance += sen;
    this.feed.announce();
  }

  all(channel: string): AlloAccountState[] {
    return [...this.accounts].map(([phoneNo, { balance, points }]) => ({
      channel,
      phoneNo,
      balance: toAmount(balance).value,
      points: toAmount(points).value,
    }));
  }
}
