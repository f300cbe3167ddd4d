import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Query of `GET /api/wallet/history`. */
export class HistoryPageDto {
  /** From 0. */
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'There is no such page.' })
  @Min(0, { message: 'There is no such page.' })
  @Max(10_000, { message: 'There is no such page.' })
  page?: number;

  /** `until` of the first page. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, { message: 'Begin at the first page.' })
  until?: string;
}
