import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../engine/change-feed.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { withQuery } from '../../engine/web-address.js';
import { createDigits } from '../../snap/reference-numbers.js';
import { WRONG_ENTRIES_ALLOWED } from '../../snap/snap-bindings.js';
import { DecisionRefused } from '../../snap/snap-decision.js';
import { WalletAccounts } from './wallet-accounts.js';

/** `OTP`: the OTP has not been verified; `PENDING`: the customer is to set a PIN on the page. */
type RegistrationState = 'OTP' | 'PENDING' | 'APPROVED' | 'DECLINED';

/** A customer on the way to a wallet. */
export interface WalletRegistration {
  /** Token of the PIN page. */
  readonly id: string;
  readonly clientId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  readonly name: string;
  readonly phoneNo: string;
  readonly email: string;
  readonly redirectUrl: string;
  /** The PIN page, relative to the simulator. */
  readonly page: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  state: RegistrationState;
  /** Wrong PINs entered so far. */
  wrongEntries: number;
  /** The wallet, once there is one. */
  accountId?: string;
}

/** Registrations under way and decided. */
@Injectable()
export class WalletRegistrations {
  private readonly registrations = new Map<string, WalletRegistration>();

  constructor(
    private readonly accounts: WalletAccounts,
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  begin(
    registration: Omit<
      WalletRegistration,
      'id' | 'page' | 'createdAt' | 'state' | 'wrongEntries' | 'accountId'
    >,
  ): WalletRegistration {
    const id = createDigits(40);
    const begun: WalletRegistration = {
      ...registration,
      id,
      page: `wallet/pin?token=${id}`,
      createdAt: this.clock.now().toISOString(),
      state: 'OTP',
      wrongEntries: 0,
    };
    this.registrations.set(id, begun);
    this.feed.announce();
    return begun;
  }

  find(id: string): WalletRegistration | undefined {
    return this.registrations.get(id);
  }

  all(): WalletRegistration[] {
    return [...this.registrations.values()];
  }

  /** The OTP was right: the PIN page opens. */
  openPage(registration: WalletRegistration): void {
    registration.state = 'PENDING';
    this.feed.announce();
  }

  /** @throws {@link DecisionRefused} when the page is not open, or it is decided already */
  approve(registration: WalletRegistration): void {
    demandPending(registration);
    const { accountId } = this.accounts.open(
      { phoneNo: registration.phoneNo, name: registration.name, email: registration.email },
      registration.clientId,
    );
    registration.accountId = accountId;
    registration.state = 'APPROVED';
    this.feed.announce();
  }

  /** @throws {@link DecisionRefused} when the page is not open, or it is decided already */
  decline(registration: WalletRegistration): void {
    demandPending(registration);
    registration.state = 'DECLINED';
    this.feed.announce();
  }

  /** Counts a wrong PIN; answers how many tries are left. The last one declines. */
  countWrongEntry(registration: WalletRegistration): number {
    demandPending(registration);
    registration.wrongEntries++;
    const left = WRONG_ENTRIES_ALLOWED - registration.wrongEntries;
    if (left <= 0) registration.state = 'DECLINED';
    this.feed.announce();
    return left;
  }

  /** Where the browser goes once it is decided (wallet reference 3). */
  landingOf(registration: WalletRegistration): string {
    const { redirectUrl, partnerReferenceNo, accountId } = registration;
    return withQuery(redirectUrl, {
      ...(accountId !== undefined && { accountId }),
      partnerReferenceNo,
      status: registration.state === 'APPROVED' ? 'SUCCESS' : 'FAILED',
    });
  }
}

function demandPending({ state }: WalletRegistration): void {
  if (state === 'PENDING') return;
  throw new DecisionRefused(
    state === 'OTP'
      ? 'The OTP of this registration has not been verified; its page opens after that.'
      : `This registration is ${state} already; begin a new one.`,
  );
}
