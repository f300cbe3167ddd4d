import { Matches, MaxLength } from 'class-validator';

/** Request of `POST /api/dead-letters/:id/discard`. */
export class DiscardDeadLetterDto {
  @Matches(/\S/, { message: 'Say why it is not needed.' })
  @MaxLength(200, { message: 'Say it in at most 200 characters.' })
  reason!: string;
}
