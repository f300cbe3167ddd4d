import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CardBook, maskAccount } from '../../bank/card-book.js';
import { otpExpired } from '../../direct-debit/direct-debit-payments.js';
import { OTP_LIFE_MS, SANDBOX_OTP } from '../../direct-debit/direct-debit.rules.js';
import { ChangeFeed } from '../../engine/change-feed.js';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { GatewayError } from '../../engine/gateway-error.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { BRI } from './bri.bank.js';
import { BriOtps } from './bri-otps.js';
import { DEFAULT_CARD_NO } from './bri.sandbox-rules.js';
import type { AcceptedCall } from '../../engine/operation.js';
import type { JsonObject } from '../../engine/json.js';

/** A card on its way to being saved; the customer's OTP decides, and no page. */
export interface BriRegistration {
  /** The `debit_card.token` of the OTP steps. */
  readonly id: string;
  readonly acquirer: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  readonly clientId: string;
  readonly customerId: string;
  readonly customerName?: string;
  readonly phone?: string;
  readonly accountNo: string;
  state: 'PENDING' | 'APPROVED' | 'FAILED';
  wrongOtps: number;
  /** Virtual time, ISO 8601. */
  otpExpiresAt: string;
  /** The card that the OTP made. */
  tokenId?: string;
}

/** Registers cards by OTP (reference B-1 to B-3). */
@Injectable()
export class BriRegistrations {
  private readonly registrations = new Map<string, BriRegistration>();

  constructor(
    private readonly cards: CardBook,
    private readonly otps: BriOtps,
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  all(): BriRegistration[] {
    return [...this.registrations.values()];
  }

  register({ merchant, body }: AcceptedCall): unknown {
    const accountNo = readCardNumber(body);
    this.otps.demandUnblocked(accountNo);
    const customerName = textAt(body, 'customer.name');
    const phone = textAt(body, 'customer.phone');
    const registration: BriRegistration = {
      id: randomUUID(),
      acquirer: BRI.channel.acquirer,
      createdAt: this.clock.now().toISOString(),
      clientId: merchant.clientId,
      customerId: requiredTextAt(body, 'customer.id'),
      ...(customerName !== undefined && { customerName }),
      ...(phone !== undefined && { phone }),
      accountNo,
      state: 'PENDING',
      wrongOtps: 0,
      otpExpiresAt: this.otpExpiry(),
    };
    this.registrations.set(registration.id, registration);
    this.feed.announce();
    return {
      customer: body.customer,
      debit_card: {
        token: registration.id,
        status: 'PENDING',
        message: 'Waiting for the OTP that BRI sent',
      },
    };
  }

  validateOtp(call: AcceptedCall): unknown {
    const registration = this.findPending(call);
    const { accountNo, clientId, customerId, customerName, otpExpiresAt } = registration;
    if (this.clock.now().getTime() >= Date.parse(otpExpiresAt)) {
      throw otpExpired(otpExpiresAt, 'token-otp');
    }
    if (requiredTextAt(call.body, 'debit_card.otp') !== SANDBOX_OTP) {
      const { error, left } = this.otps.refuse(accountNo);
      registration.wrongOtps++;
      if (left <= 0) registration.state = 'FAILED';
      this.feed.announce();
      throw error;
    }
    this.otps.accept(accountNo);
    const { tokenId } = this.cards.save({
      clientId,
      acquirer: BRI.channel.acquirer,
      customerId,
      ...(customerName !== undefined && { customerName }),
      accountNo,
    });
    registration.state = 'APPROVED';
    registration.tokenId = tokenId;
    this.feed.announce();
    return {
      customer: { id: customerId, name: customerName },
      debit_card: {
        token_id: tokenId,
        account_no: maskAccount(accountNo),
        status: 'SUCCESS',
        message: 'Success Binding Card',
      },
    };
  }

  resendOtp(call: AcceptedCall): unknown {
    const registration = this.findPending(call);
    registration.otpExpiresAt = this.otpExpiry();
    this.feed.announce();
    return { debit_card: { token: registration.id } };
  }

  /** Whether the card is blocked counts first, so that a client hears of it each time. */
  private findPending({ merchant, body }: AcceptedCall): BriRegistration {
    const token = requiredTextAt(body, 'debit_card.token');
    const registration = this.registrations.get(token);
    if (registration?.clientId !== merchant.clientId) {
      throw new GatewayError(
        'NOT_FOUND',
        'REGISTRATION_NOT_FOUND',
        `No registration has debit_card.token "${token}"; take it from the answer of ${BRI.basePath}/token.`,
      );
    }
    this.otps.demandUnblocked(registration.accountNo);
    if (registration.state !== 'PENDING') {
      throw new GatewayError(
        'PAYMENT',
        'REGISTRATION_NOT_PENDING',
        `This registration is ${registration.state} already and takes no OTP.`,
      );
    }
    return registration;
  }

  private otpExpiry(): string {
    return new Date(this.clock.now().getTime() + OTP_LIFE_MS).toISOString();
  }
}

/** Names under which a card may be given: DOKU documents none (reference 3.8). */
const CARD_MEMBERS = ['number', 'card_number', 'card_no', 'account_no', 'account_number'];

function readCardNumber(body: JsonObject): string {
  const field = CARD_MEMBERS.map((name) => `debit_card.${name}`).find(
    (path) => (textAt(body, path) ?? '') !== '',
  );
  if (field === undefined) return DEFAULT_CARD_NO;
  const digits = requiredTextAt(body, field).replaceAll(/[\s-]/g, '');
  if (!/^[0-9]{8,20}$/.test(digits)) {
    throw new GatewayError(
      'VALIDATION',
      'INVALID_PARAMETER',
      `${field} must have 8 to 20 digits.`,
      {
        field,
      },
    );
  }
  return digits;
}
