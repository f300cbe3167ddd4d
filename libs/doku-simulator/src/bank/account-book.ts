import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import { toAmount, toSen } from '../snap/snap-amount.js';

const START_BALANCE = '1000000.00';
const START_POINTS = '50000.00';

/** What an account holds, in sen. */
export interface AccountHoldings {
  balance: bigint;
  points: bigint;
}

/** The same with amounts as on the wire. */
export interface AccountState {
  readonly channel: string;
  readonly phoneNo: string;
  readonly balance: string;
  readonly points: string;
}

/** The accounts that customers bind, of all channels; each begins when it is first asked for. */
@Injectable()
export class AccountBook {
  private readonly accounts = new Map<
    string,
    AccountHoldings & { channel: string; phoneNo: string }
  >();

  constructor(private readonly feed: ChangeFeed) {}

  open(channel: string, phoneNo: string): AccountHoldings {
    const key = `${channel} ${phoneNo}`;
    const known = this.accounts.get(key);
    if (known !== undefined) return known;
    const account = {
      channel,
      phoneNo,
      balance: toSen(START_BALANCE),
      points: toSen(START_POINTS),
    };
    this.accounts.set(key, account);
    this.feed.announce();
    return account;
  }

  /** Takes both or nothing; answers why it cannot. */
  take(channel: string, phoneNo: string, { balance, points }: AccountHoldings): string | undefined {
    const account = this.open(channel, phoneNo);
    if (balance > account.balance) return 'Insufficient balance';
    if (points > account.points) return 'Insufficient points';
    account.balance -= balance;
    account.points -= points;
    this.feed.announce();
    return undefined;
  }

  giveBack(channel: string, phoneNo: string, sen: bigint): void {
    this.open(channel, phoneNo).balance += sen;
    this.feed.announce();
  }

  all(): AccountState[] {
    return [...this.accounts.values()].map(({ channel, phoneNo, balance, points }) => ({
      channel,
      phoneNo,
      balance: toAmount(balance).value,
      points: toAmount(points).value,
    }));
  }
}
