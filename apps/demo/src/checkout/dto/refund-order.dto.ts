import { IsInt, IsOptional, Min } from 'class-validator';

/** Request of `POST /api/orders/:reference/refunds`. */
export class RefundOrderDto {
  /** Whole rupiah; left out, all that has not been given back. */
  @IsOptional()
  @IsInt({ message: 'Type whole rupiah.' })
  @Min(1, { message: 'Type at least Rp 1.' })
  amount?: number;
}
