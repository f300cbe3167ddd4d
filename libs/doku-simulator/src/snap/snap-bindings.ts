import { Injectable } from '@nestjs/common';
import { BindingBook, type Binding } from '../bank/binding-book.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { withQuery } from '../engine/web-address.js';
import { NotificationOutbox } from '../notifications/notification-outbox.js';
import { AuthCodes } from './auth-codes.js';
import { createDigits } from './reference-numbers.js';
import { SnapChannels } from './snap-channels.js';
import { AT_ONCE, DecisionRefused } from './snap-decision.js';
import { SnapError } from './snap-error.js';
import { createBindingNotice } from './snap-notices.js';
import { TokenBook } from './token-book.js';

/** Wrong OTPs or PINs after which a binding or payment fails. */
export const WRONG_ENTRIES_ALLOWED = 5;

/** Begins, decides and ends bindings, of whatever channel. */
@Injectable()
export class SnapBindings {
  constructor(
    private readonly bindings: BindingBook,
    private readonly channels: SnapChannels,
    private readonly authCodes: AuthCodes,
    private readonly tokens: TokenBook,
    private readonly outbox: NotificationOutbox,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  open(
    binding: Omit<Binding, 'authCode' | 'referenceNo' | 'createdAt' | 'state' | 'wrongEntries'>,
    { authCode = createDigits(40) }: { readonly authCode?: string } = {},
  ): Binding {
    if (this.otherOwner(binding) !== undefined) throw boundToOther();
    const opened: Binding = {
      ...binding,
      authCode,
      referenceNo: createDigits(12),
      createdAt: this.clock.now().toISOString(),
      state: 'PENDING',
      wrongEntries: 0,
    };
    this.bindings.add(opened);
    return opened;
  }

  /** @throws {@link DecisionRefused} when it is decided already or the account has another owner */
  approve(binding: Binding): void {
    demandPending(binding);
    if (this.otherOwner(binding) !== undefined) {
      this.decide(binding, 'DECLINED');
      throw new DecisionRefused(
        `Account ${binding.phoneNo} is bound to another customer meanwhile; unbind it there first.`,
      );
    }
    // Binding again replaces the customer's consent, and what came of it.
    const former = this.bindings.ofAccount(binding.channel, binding.phoneNo, binding.clientId);
    if (former !== undefined) this.end(former);
    this.decide(binding, 'BOUND');
  }

  /** @throws {@link DecisionRefused} when it is decided already */
  decline(binding: Binding): void {
    demandPending(binding);
    this.decide(binding, 'DECLINED');
  }

  /** Where the browser goes once it is decided; with a new code, where codes are good once. */
  landingOf(binding: Binding): string {
    if (binding.state !== 'BOUND') return binding.failedUrl;
    if (binding.hasOneTimeCodes !== true) return binding.successUrl;
    return withQuery(binding.successUrl, { authCode: this.authCodes.issue(binding) });
  }

  /** Counts a wrong OTP or PIN; answers how many tries are left. The last one declines. */
  countWrongEntry(binding: Binding): number {
    demandPending(binding);
    binding.wrongEntries++;
    const left = WRONG_ENTRIES_ALLOWED - binding.wrongEntries;
    if (left <= 0) this.decide(binding, 'DECLINED');
    else this.bindings.changed();
    return left;
  }

  /** Ends a binding with all tokens that came of it. */
  end(binding: Binding): void {
    binding.state = 'UNBOUND';
    this.tokens.forgetCustomer(binding.clientId, binding.authCode);
    this.bindings.changed();
  }

  private otherOwner(
    binding: Pick<Binding, 'channel' | 'phoneNo' | 'clientId' | 'custIdMerchant'>,
  ): Binding | undefined {
    if (this.channels.find(binding.channel)?.standsAlone === true) return undefined;
    const owner = this.bindings.ofAccount(binding.channel, binding.phoneNo);
    if (owner === undefined) return undefined;
    const { clientId, custIdMerchant } = binding;
    const isSame = owner.clientId === clientId && owner.custIdMerchant === custIdMerchant;
    return isSame ? undefined : owner;
  }

  private decide(binding: Binding, state: 'BOUND' | 'DECLINED'): void {
    binding.state = state;
    this.bindings.changed();
    if (!this.settings.current.notifyBindings) return;
    if (this.channels.find(binding.channel)?.standsAlone === true) return;
    const { clientId } = binding;
    this.outbox.enqueue({ clientId, scheme: 'snap', body: createBindingNotice(binding) }, AT_ONCE);
  }
}

function demandPending({ state }: Binding): void {
  if (state !== 'PENDING') {
    throw new DecisionRefused(`This binding is ${state} already; begin a new one.`);
  }
}

function boundToOther(): SnapError {
  return new SnapError(
    403,
    '15',
    'Transaction Not Permitted. This account is bound to another customer; unbind it there first.',
  );
}
