import { BadRequestException } from '@nestjs/common';
import { DecisionRefused } from '../snap/snap-decision.js';

/** Answers 400 with the reason when something is decided already. */
export function refusalAsBadRequest<Result>(decide: () => Result): Result {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DecisionRefused) throw new BadRequestException(error.message);
    throw error;
  }
}
