import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';

/** An Indonesian mobile number as people write it, `0812-3456-7890`; DOKU wants the calling code first. */
export function MobilePhone(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.replace(/[\s+-]/g, '').replace(/^0/, '62') : value,
    ),
    Matches(/^628\d{7,12}$/, {
      message: 'Type an Indonesian mobile number, such as 0812 3456 7890.',
    }),
  );
}
