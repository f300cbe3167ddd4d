import { Injectable, Logger } from '@nestjs/common';
import { type DokuBindingEvent, OnDokuEvent } from 'nestjs-doku';

import { type AlloAccount, AlloAccountsStore } from './allo-accounts.store.js';

/** Hears how customers decided on Allo's page. Heard twice, or after the end of the link, it changes nothing. */
@Injectable()
export class AlloListener {
  private readonly logger = new Logger(AlloListener.name);

  constructor(private readonly accounts: AlloAccountsStore) {}

  @OnDokuEvent('binding.succeeded')
  confirm(event: DokuBindingEvent<'binding.succeeded'>): void {
    const account = this.accountOf(event);
    if (account) this.accounts.confirm(account);
  }

  @OnDokuEvent('binding.failed')
  decline(event: DokuBindingEvent<'binding.failed'>): void {
    const account = this.accountOf(event);
    if (account?.state === 'pending') this.accounts.remove(account, 'declined');
  }

  /** The account is the shop's own record: the event must name its authCode and its customer. */
  private accountOf({ type, reference, payload }: DokuBindingEvent): AlloAccount | undefined {
    const account = this.accounts.find(payload.additionalInfo.authCode);
    if (account?.customerId === reference) return account;
    this.logger.warn(`${type} for no account of customer=${JSON.stringify(reference)}`);
    return undefined;
  }
}
