import { Inject, Injectable } from '@nestjs/common';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import { DokuValidationError } from '../errors/doku-validation.error.js';
import { describeFailure } from '../notifications/describe-failure.js';
import { isDurable } from '../notifications/durable-delivery.js';
import {
  NOTIFICATION_DELIVERY,
  type NotificationDelivery,
} from '../notifications/notification-delivery.js';
import type { DeadLetterQuery, DeadLetters, DokuDeadLetter } from './dead-letter.js';
import { redactedEvent } from './redacted-event.js';

/** So many are listed at once. */
const PAGE = 100;
const LONGEST_PAGE = 1_000;

/** A dead letter with the event that it is about. */
export interface DokuInspectedDeadLetter {
  readonly deadLetter: DokuDeadLetter;
  /**
   * The event as it was queued. Of its payload only ids, statuses, amounts, instants and references are shown;
   * everything else is `'[redacted]'`, since it may be a credential, or tell who the customer is.
   */
  readonly event: unknown;
}

/**
 * The events that were given up for a listener: look at them, and have them delivered again or put aside.
 * Needs durable delivery (`nestjs-doku/bullmq`); with inline delivery there are none, and every method rejects
 * with a `DokuConfigurationError`. While the engine does not answer it is a `DokuUnavailableError`: every method may
 * simply be called again.
 */
@Injectable()
export class DokuDeadLetterService {
  /** @internal Made by Nest. */
  constructor(@Inject(NOTIFICATION_DELIVERY) private readonly delivery: NotificationDelivery) {}

  /**
   * Those that nobody has replayed or discarded, unless the query asks for more.
   *
   * @throws DokuValidationError when `offset` or `limit` (1 to 1000) is out of range
   * @throws DokuConfigurationError with inline delivery
   * @throws DokuUnavailableError when the engine does not answer
   */
  async list(query: DeadLetterQuery = {}): Promise<readonly DokuDeadLetter[]> {
    const letters = this.letters();
    assertRange(query);
    return answered(letters.list(query));
  }

  /**
   * One of them with its event, without secrets.
   *
   * @throws DokuValidationError when there is none with that id: it was replayed, or never was one
   * @throws DokuConfigurationError with inline delivery
   * @throws DokuUnavailableError when the engine does not answer
   */
  async inspect(id: string): Promise<DokuInspectedDeadLetter> {
    const found = await answered(this.letters().find(id));
    if (!found) throw unknownId('inspect');
    return { deadLetter: found.letter, event: redactedEvent(found.event) };
  }

  /**
   * Has the event delivered to its listener again, with all attempts of the schedule. May be called any number of
   * times: only the first one does something.
   *
   * @returns `'not-dead'` when nothing was to be done: it was replayed already, or never was a dead letter
   * @throws DokuConfigurationError with inline delivery
   * @throws DokuUnavailableError when the engine does not answer
   */
  async replay(id: string): Promise<'replayed' | 'not-dead'> {
    return answered(this.letters().replay(id));
  }

  /**
   * The same for many: for all that are dead now, unless `offset` and `limit` choose. One that dies again meanwhile
   * is not replayed again. If it rejects half-way, call it again.
   *
   * @returns how many were replayed
   * @throws DokuValidationError when `offset` or `limit` (1 to 1000) is out of range
   * @throws DokuConfigurationError with inline delivery
   * @throws DokuUnavailableError when the engine does not answer
   */
  async replayAll(query: Omit<DeadLetterQuery, 'includeDiscarded'> = {}): Promise<number> {
    const letters = this.letters();
    assertRange(query);
    let replayed = 0;
    for (const id of await idsOf(letters, query)) {
      if ((await answered(letters.replay(id))) === 'replayed') replayed += 1;
    }
    return replayed;
  }

  /**
   * Puts one aside, so that it is neither listed nor counted any more. It is only marked: its event stays known, and
   * DOKU's next delivery of it adds nothing.
   *
   * @param reason for whoever looks at it later; no secret, no data of a customer
   * @throws DokuValidationError without a reason, or when there is none with that id
   * @throws DokuConfigurationError with inline delivery
   * @throws DokuUnavailableError when the engine does not answer
   */
  async discard(id: string, reason: string): Promise<void> {
    const letters = this.letters();
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new DokuValidationError(['discard: reason must not be blank'], {
        fix: 'Say why the event is not needed.',
      });
    }
    if ((await answered(letters.discard(id, reason))) === 'not-dead') throw unknownId('discard');
  }

  private letters(): DeadLetters {
    if (isDurable(this.delivery)) return this.delivery.deadLetters;
    throw new DokuConfigurationError(
      'is "inline", which keeps no dead letters: DOKU is answered 500, and sends again',
      'notifications.delivery',
      "Give what bullMqDelivery({ connection }) of 'nestjs-doku/bullmq' returns, on Redis or PostgreSQL.",
    );
  }
}

/** All of them before the first is touched: what is replayed leaves the list, and may come back. */
async function idsOf(letters: DeadLetters, { offset, limit }: DeadLetterQuery): Promise<string[]> {
  const ids = new Set<string>();
  let at = offset ?? 0;
  for (;;) {
    const page = await answered(letters.list({ offset: at, limit: limit ?? PAGE }));
    for (const { id } of page) ids.add(id);
    at += page.length;
    if (limit !== undefined || page.length === 0) return [...ids];
  }
}

/** @throws DokuUnavailableError where the engine did not answer */
async function answered<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    // A fault of code, not of the engine: calling again would not mend it.
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    const why = describeFailure(error).summary;
    throw new DokuUnavailableError(`the engine of the durable delivery did not answer (${why})`, {
      fix: 'Nothing is lost. Call again once it is back; a replay or a discard that got through is not done twice.',
    });
  }
}

function assertRange({ offset = 0, limit = PAGE }: DeadLetterQuery): void {
  const problems = [];
  if (!Number.isSafeInteger(offset) || offset < 0) {
    problems.push(`offset must be a whole number from 0 (given ${String(offset)})`);
  }
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LONGEST_PAGE) {
    problems.push(
      `limit must be a whole number from 1 to ${LONGEST_PAGE} (given ${String(limit)})`,
    );
  }
  if (problems.length > 0) throw new DokuValidationError(problems);
}

function unknownId(method: string): DokuValidationError {
  return new DokuValidationError(
    [`${method}: there is no dead letter with this id: it was replayed already, or never was one`],
    { fix: 'Take the id from list().' },
  );
}
