import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';

/** An Allo account that a customer links, or has linked. */
export interface AlloAccount {
  /** DOKU's key to the account. A credential: it never leaves the server. */
  readonly authCode: string;
  readonly customerId: string;
  /** With calling code, as DOKU has it. */
  readonly phone: string;
  /** `pending` until DOKU has said, or shown, that the customer agreed on Allo's page. */
  readonly state: 'pending' | 'linked';
}

/** Why a customer has no account any more. */
export type EndOfLink = 'declined' | 'ended';

/** Emitted with `{ customerId }` when what the customer has linked is another now. */
export const ALLO_CHANGED = 'shop.allo-changed';

/** Accounts by customer, in memory. A real shop has a table here, and encrypts the authCodes in it. */
@Injectable()
export class AlloAccountsStore {
  /** By authCode, oldest first. A customer who begins again has several that wait. */
  private readonly accounts = new Map<string, AlloAccount>();
  private readonly ends = new Map<string, EndOfLink>();

  constructor(private readonly emitter: EventEmitter2) {}

  find(authCode: string): AlloAccount | undefined {
    return this.accounts.get(authCode);
  }

  /** The linked account, or the one that waits since last. */
  of(customerId: string): AlloAccount | undefined {
    const own = this.allOf(customerId);
    return own.find(({ state }) => state === 'linked') ?? own.at(-1);
  }

  endOf(customerId: string): EndOfLink | undefined {
    return this.ends.get(customerId);
  }

  begin(account: Omit<AlloAccount, 'state'>): void {
    this.accounts.set(account.authCode, { ...account, state: 'pending' });
    this.ends.delete(account.customerId);
  }

  /** DOKU has shown that the customer agreed. What else waited is of no use any more. */
  confirm({ authCode, customerId }: AlloAccount): void {
    const account = this.accounts.get(authCode);
    if (account?.state !== 'pending') return;
    for (const other of this.allOf(customerId)) this.accounts.delete(other.authCode);
    this.accounts.set(authCode, { ...account, state: 'linked' });
    this.emitter.emit(ALLO_CHANGED, { customerId });
  }

  /** @param why told to the customer; left out when the customer asked for it */
  remove({ authCode, customerId }: AlloAccount, why?: EndOfLink): void {
    if (!this.accounts.delete(authCode)) return;
    if (why) this.ends.set(customerId, why);
    this.emitter.emit(ALLO_CHANGED, { customerId });
  }

  private allOf(customerId: string): AlloAccount[] {
    return [...this.accounts.values()].filter((account) => account.customerId === customerId);
  }
}
