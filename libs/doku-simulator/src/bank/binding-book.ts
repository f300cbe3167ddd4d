import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';

/** `UNBOUND`: by the merchant's call, or because the customer bound anew. */
type BindingState = 'PENDING' | 'BOUND' | 'DECLINED' | 'UNBOUND';

/** A customer's consent that a merchant may debit an account. */
export interface Binding {
  /** With one-time codes the link between customer and merchant instead, which is no code. */
  readonly authCode: string;
  readonly referenceNo: string;
  readonly clientId: string;
  /** Code of the channel. */
  readonly channel: string;
  readonly custIdMerchant: string;
  readonly customerName?: string;
  /** The account: the phone number that is registered with the bank. */
  readonly phoneNo: string;
  readonly successUrl: string;
  readonly failedUrl: string;
  /** `X-EXTERNAL-ID` of the call that began it. */
  readonly externalId: string;
  /** Whether each token needs a code of its own, made after the consent. */
  readonly hasOneTimeCodes?: boolean;
  /** Where the customer decides, relative to the simulator. */
  readonly page?: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  state: BindingState;
  /** Wrong OTPs and PINs entered so far. */
  wrongEntries: number;
}

/** The bindings of all customers, oldest first. */
@Injectable()
export class BindingBook {
  private readonly bindings = new Map<string, Binding>();

  constructor(private readonly feed: ChangeFeed) {}

  add(binding: Binding): void {
    this.bindings.set(binding.authCode, binding);
    this.feed.announce();
  }

  /** To be called after changing a binding. */
  changed(): void {
    this.feed.announce();
  }

  find(authCode: string): Binding | undefined {
    return this.bindings.get(authCode);
  }

  /** The binding in force of an account, of one merchant or of whatever merchant. */
  ofAccount(channel: string, phoneNo: string, clientId?: string): Binding | undefined {
    return this.all().find(
      (each) =>
        each.channel === channel &&
        each.phoneNo === phoneNo &&
        each.state === 'BOUND' &&
        (clientId === undefined || each.clientId === clientId),
    );
  }

  all(): Binding[] {
    return [...this.bindings.values()];
  }
}
