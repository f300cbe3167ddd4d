import { IsBoolean } from 'class-validator';

/** Request of `PUT /api/bookkeeping`. */
export class FailBookkeepingDto {
  @IsBoolean({ message: 'Say whether the bookkeeping shall fail.' })
  isFailing!: boolean;
}
