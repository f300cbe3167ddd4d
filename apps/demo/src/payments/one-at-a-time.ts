import { HttpStatus, Injectable } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';

interface Running {
  readonly step: string;
  readonly result: Promise<unknown>;
}

/**
 * Lets one step of an order, or of a customer's account, run at a time: a button pressed twice is the same
 * step, and both presses get the same answer. One process only; several need a row lock.
 */
@Injectable()
export class OneAtATime {
  private readonly running = new Map<string, Running>();

  /** @throws ShopError when another step of the same subject is under way */
  async run<Result>(subject: string, step: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.running.get(subject);
    if (running?.step === step) {
      // The same step of the same subject has the same result type.
      return (await running.result) as Result;
    }
    if (running) {
      throw new ShopError(
        'busy',
        HttpStatus.CONFLICT,
        'The previous step is still under way. Wait a moment.',
      );
    }
    const result = work().finally(() => this.running.delete(subject));
    this.running.set(subject, { step, result });
    return result;
  }
}
