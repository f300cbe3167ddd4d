import type { INestApplicationContext } from '@nestjs/common';
import { type DokuDeadLetter, DokuDeadLetterService } from 'nestjs-doku';

/** What the parent may ask an app. */
export interface Question {
  readonly ask: 'dead-letters';
}

export interface DeadLettersAnswer {
  readonly deadLetters: readonly DokuDeadLetter[];
}

export function answerQuestions(app: INestApplicationContext): void {
  const deadLetters = app.get(DokuDeadLetterService, { strict: false });
  process.on('message', () => {
    void deadLetters.list({ limit: 1_000 }).then((letters) => {
      process.send?.({ deadLetters: letters } satisfies DeadLettersAnswer);
    });
  });
}
