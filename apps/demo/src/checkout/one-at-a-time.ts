import { HttpStatus, Injectable } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';

interface Running {
  readonly step: string;
  readonly result: Promise<unknown>;
}

/**
 * Lets one step of an order run at a time: a button pressed twice is the same step, and both presses get
 * the same answer. One process only; several need a row lock on the order.
 */
@Injectable()
export class OneAtATime {
  private readonly running = new Map<string, Running>();

  /** @throws ShopError when another step of this order is under way */
  async run<Result>(reference: string, step: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.running.get(reference);
    if (running?.step === step) {
      // The same step of the same order has the same result type.
      return (await running.result) as Result;
    }
    if (running) {
      throw new ShopError(
        'busy',
        HttpStatus.CONFLICT,
        'The previous step of this order is still under way. Wait a moment.',
      );
    }
    const result = work().finally(() => this.running.delete(reference));
    this.running.set(reference, { step, result });
    return result;
  }
}
