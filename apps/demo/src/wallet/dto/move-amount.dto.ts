import { IsInt, Max, Min } from 'class-validator';

/** How much is moved; the whole request of `POST /api/wallet/moves/top-ups`. */
export class MoveAmountDto {
  /** Whole rupiah. */
  @IsInt({ message: 'Type whole rupiah.' })
  @Min(1_000, { message: 'Type at least Rp 1.000.' })
  @Max(20_000_000, { message: 'Type at most Rp 20.000.000.' })
  amount!: number;
}
