import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../engine/change-feed.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { createDigits } from '../../snap/reference-numbers.js';
import { toSen } from '../../snap/snap-amount.js';
import { OUTSIDE, WalletHoldings } from './wallet-holdings.js';
import { START_BALANCE, WALLET } from './wallet.sandbox-rules.js';

/** A customer's wallet. There is one per phone number, whoever registered it. */
export interface WalletAccount {
  /** The DOKU ID. */
  readonly accountId: string;
  readonly phoneNo: string;
  readonly name: string;
  readonly email: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  /** The merchants that know it: only they can bind it. */
  readonly merchants: string[];
}

/** Whom a wallet belongs to. */
export type WalletOwner = Pick<WalletAccount, 'phoneNo' | 'name' | 'email'>;

/** The wallets of all customers. */
@Injectable()
export class WalletAccounts {
  private readonly accounts = new Map<string, WalletAccount>();

  constructor(
    private readonly holdings: WalletHoldings,
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  /** The wallet of a phone number, made when there is none, and now known to the merchant. */
  open(owner: WalletOwner, clientId: string): WalletAccount {
    const account = this.byPhone(owner.phoneNo) ?? this.create(owner);
    if (!account.merchants.includes(clientId)) account.merchants.push(clientId);
    this.feed.announce();
    return account;
  }

  find(accountId: string, clientId: string): WalletAccount | undefined {
    const account = this.accounts.get(accountId);
    return account?.merchants.includes(clientId) === true ? account : undefined;
  }

  balanceOf(account: WalletAccount): bigint {
    return this.holdings.of(partyOf(account));
  }

  /** Gives or takes what is missing or too much. */
  setBalance(account: WalletAccount, sen: bigint): void {
    this.holdings.move(OUTSIDE, partyOf(account), sen - this.balanceOf(account));
  }

  all(): WalletAccount[] {
    return [...this.accounts.values()];
  }

  private byPhone(phoneNo: string): WalletAccount | undefined {
    return this.all().find((each) => isSamePhone(each.phoneNo, phoneNo));
  }

  private create(owner: WalletOwner): WalletAccount {
    const account: WalletAccount = {
      accountId: createDigits(10),
      ...owner,
      createdAt: this.clock.now().toISOString(),
      merchants: [],
    };
    this.accounts.set(account.accountId, account);
    this.setBalance(account, toSen(START_BALANCE));
    return account;
  }
}

/** A wallet as a side of a movement of money. */
export function partyOf({ phoneNo }: Pick<WalletAccount, 'phoneNo'>): string {
  return `${WALLET}:${phoneNo}`;
}

/** `0812…` and `62812…` are the same number. */
export function normalisePhone(phoneNo: string): string {
  return phoneNo.replace(/^0/, '62');
}

function isSamePhone(one: string, other: string): boolean {
  return normalisePhone(one) === normalisePhone(other);
}

/** Whether a `customerNumber` names this customer: what it is DOKU does not tell. */
export function isNumberOf(account: WalletAccount, customerNumber: string): boolean {
  return customerNumber === account.accountId || isSamePhone(customerNumber, account.phoneNo);
}
