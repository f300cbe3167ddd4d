import { Transform } from 'class-transformer';

/** Takes a number as people type it, in groups. */
export function WithoutSpaces(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/\s/g, '') : value,
  );
}
