/** The five characters by which PostgreSQL tells what is wrong, where an error comes from it. */
export function sqlStateOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The role may not do that. */
export const INSUFFICIENT_PRIVILEGE = '42501';
