import { HttpStatus, Injectable } from '@nestjs/common';
import { BRI_OTP_RULES } from 'nestjs-doku';

import { inWordsOf, isBlocked } from '../cards/card-bank.js';
import { labelOf, type SavedCard, SavedCards } from '../cards/saved-cards.service.js';
import {
  codeRefused,
  isDokuError,
  notAvailable,
  nothingDone,
  toShopError,
} from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import { BriBank } from './bri.bank.js';

/** A card that waits for the code which BRI sent. */
interface Registration {
  /** DOKU's token of it; stays on the server. */
  readonly token: string;
  /** Such as `BRI ···· 2800`; the number itself is not kept. */
  readonly label: string;
  readonly wrongCodes: number;
  /** Ids of the cards that were saved before. */
  readonly knownCards: readonly string[];
}

/** A customer's BRI cards as the page sees them. */
export interface BriCardsView {
  readonly cards: readonly SavedCard[];
  readonly registration: { readonly label: string; readonly wrongCodes: number } | null;
  readonly otpRules: typeof BRI_OTP_RULES;
}

/** Saves cards at BRI: the customer types BRI's code here, in the shop. */
@Injectable()
export class BriRegistrations {
  /** By customer, in memory: a customer whose shop was restarted begins again. */
  private readonly open = new Map<string, Registration>();

  constructor(
    private readonly bank: BriBank,
    private readonly cards: SavedCards,
    private readonly steps: OneAtATime,
  ) {}

  async look(customerId: string): Promise<BriCardsView> {
    const cards = await this.cards.list(this.bank, customerId);
    const registration = this.open.get(customerId);
    // An answer may have got lost: a new card shows that it is done.
    const isDone = cards.some(({ id }) => registration?.knownCards.includes(id) === false);
    if (isDone) this.open.delete(customerId);
    return {
      cards,
      registration:
        registration && !isDone
          ? { label: registration.label, wrongCodes: registration.wrongCodes }
          : null,
      otpRules: BRI_OTP_RULES,
    };
  }

  /** Has BRI send a code to the customer. */
  begin(customerId: string, cardNumber: string): Promise<BriCardsView> {
    return this.step(customerId, 'begin', async () => {
      const before = await this.cards.list(this.bank, customerId);
      const { debit_card } = await nothingDone(
        'BRI did not answer. No card is saved before you type its code; try again.',
        () =>
          this.bank.service.registerCard({
            customer: { id: customerId, name: 'Demo Customer', country: 'ID' },
            // DOKU does not document what names a card.
            debit_card: { number: cardNumber },
          }),
      );
      if (debit_card?.token === undefined) {
        throw notAvailable(
          'BRI did not say how to go on. No card was saved; try again in a minute.',
        );
      }
      this.open.set(customerId, {
        token: debit_card.token,
        label: labelOf(this.bank.name, cardNumber),
        wrongCodes: 0,
        knownCards: before.map(({ id }) => id),
      });
    });
  }

  /** Hands the code to BRI. It is never sent a second time on its own: a wrong one uses up a try. */
  confirm(customerId: string, otp: string): Promise<BriCardsView> {
    return this.step(customerId, 'confirm', async () => {
      const registration = this.waiting(customerId);
      const { token } = registration;
      try {
        const { debit_card } = await this.bank.service.validateRegistrationOtp({
          debit_card: { token, otp },
        });
        if (debit_card?.status === 'FAILED') throw notSaved();
      } catch (error) {
        throw this.codeNotTaken(customerId, registration, error);
      }
      this.open.delete(customerId);
    });
  }

  /** Has BRI send the code again. */
  resendCode(customerId: string): Promise<BriCardsView> {
    return this.step(customerId, 'resend', async () => {
      const { token } = this.waiting(customerId);
      await this.bank.service.resendRegistrationOtp({ debit_card: { token } });
    });
  }

  /** On the customer's wish; BRI need not be told. */
  forget(customerId: string): void {
    this.open.delete(customerId);
  }

  private step(customerId: string, name: string, work: () => Promise<void>): Promise<BriCardsView> {
    return this.steps.run(`bri ${customerId}`, name, async () => {
      try {
        await work();
      } catch (error) {
        throw this.ended(customerId, toShopError(error));
      }
      return this.look(customerId);
    });
  }

  private codeNotTaken(customerId: string, registration: Registration, error: unknown): unknown {
    if (!isDokuError(error)) return error;
    if (error.code === 'outcome-unknown') {
      return new ShopError(
        'outcome-unknown',
        HttpStatus.BAD_GATEWAY,
        'BRI did not answer, so we do not know yet whether the card is saved. If it is not in the list, type the code again.',
        error.requestId,
      );
    }
    if (error.code !== 'refused') return error;
    const refusal = codeRefused(error);
    if (refusal.code === 'otp-wrong') {
      const wrongCodes = registration.wrongCodes + 1;
      this.open.set(customerId, { ...registration, wrongCodes });
    }
    return refusal;
  }

  /** Ends the registration where BRI takes no code for the card. */
  private ended(customerId: string, failure: unknown): unknown {
    if (isBlocked(failure)) this.open.delete(customerId);
    return inWordsOf(this.bank, failure);
  }

  private waiting(customerId: string): Registration {
    const registration = this.open.get(customerId);
    if (registration) return registration;
    throw new ShopError(
      'otp-not-expected',
      HttpStatus.CONFLICT,
      'No card waits for a code. Add the card again.',
    );
  }
}

function notSaved(): ShopError {
  return new ShopError(
    'refused',
    HttpStatus.UNPROCESSABLE_ENTITY,
    'BRI did not save the card. Try another one.',
  );
}
