import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CardBook, type Card } from '../../bank/card-book.js';
import { ChangeFeed } from '../../engine/change-feed.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { DEFAULT_ACCOUNT_NO } from './cimb.sandbox-rules.js';

type RegistrationState = 'PENDING' | 'APPROVED' | 'DECLINED';

/** A customer's visit to the bank's page, to save an account. */
export interface Registration {
  readonly id: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  readonly clientId: string;
  readonly customerId: string;
  readonly customerName?: string;
  readonly phone: string;
  readonly successUrl?: string;
  readonly failedUrl?: string;
  readonly state: RegistrationState;
  /** The card that an approval made. */
  readonly tokenId?: string;
}

/** Says that a registration cannot be decided; the message tells why. */
export class RegistrationRefused extends Error {
  override readonly name = 'RegistrationRefused';
}

/** Registrations under way and decided. */
@Injectable()
export class CimbRegistrations {
  private readonly registrations = new Map<string, Registration>();

  constructor(
    private readonly cards: CardBook,
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  open(registration: Omit<Registration, 'id' | 'createdAt' | 'state'>): Registration {
    const opened: Registration = {
      ...registration,
      id: randomUUID(),
      createdAt: this.clock.now().toISOString(),
      state: 'PENDING',
    };
    return this.store(opened);
  }

  find(id: string): Registration | undefined {
    return this.registrations.get(id);
  }

  all(): Registration[] {
    return [...this.registrations.values()];
  }

  /** @throws {@link RegistrationRefused} when it is decided already or the number is malformed */
  approve(
    registration: Registration,
    accountNo = DEFAULT_ACCOUNT_NO,
  ): { registration: Registration; card: Card } {
    this.demandPending(registration);
    if (!/^[0-9]{8,20}$/.test(accountNo)) {
      throw new RegistrationRefused(
        `The account number must have 8 to 20 digits; given: "${accountNo}".`,
      );
    }
    const { clientId, customerId, customerName } = registration;
    const card = this.cards.save({
      clientId,
      acquirer: 'CIMB',
      customerId,
      ...(customerName !== undefined && { customerName }),
      accountNo,
    });
    const approved = this.store({ ...registration, state: 'APPROVED', tokenId: card.tokenId });
    return { registration: approved, card };
  }

  /** @throws {@link RegistrationRefused} when it is decided already */
  decline(registration: Registration): Registration {
    this.demandPending(registration);
    return this.store({ ...registration, state: 'DECLINED' });
  }

  private demandPending({ state }: Registration): void {
    if (state !== 'PENDING') {
      throw new RegistrationRefused(
        `This registration is ${state} already; start a new one with POST /cimb-direct-debit/v1/token.`,
      );
    }
  }

  private store(registration: Registration): Registration {
    this.registrations.set(registration.id, registration);
    this.feed.announce();
    return registration;
  }
}
