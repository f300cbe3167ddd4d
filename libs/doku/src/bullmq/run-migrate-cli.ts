import { parseArgs } from 'node:util';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { migrateDokuSchema } from './migrate-doku-schema.js';

const USAGE = `Creates the PostgreSQL tables of nestjs-doku's durable delivery, or brings them up to date.

  DATABASE_URL=postgres://owner@host:5432/database nestjs-doku-migrate [--namespace doku]

The role needs the right to create a schema. The app's own role then needs none but to use it:

  GRANT USAGE ON SCHEMA doku TO app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA doku TO app;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA doku TO app;
`;

/** Where a command line reads from and writes to. */
interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs `nestjs-doku-migrate`, and answers its exit code. */
export async function runMigrateCli(
  args: readonly string[],
  { env, out, err }: Terminal,
): Promise<number> {
  const given = parse(args);
  if (given === undefined) {
    err(USAGE);
    return 2;
  }
  if (given.help) {
    out(USAGE);
    return 0;
  }
  const connection = env.DATABASE_URL;
  if (connection === undefined || connection === '') {
    err(`DATABASE_URL is not set.\n\n${USAGE}`);
    return 2;
  }
  try {
    const version = await migrateDokuSchema({ connection, namespace: given.namespace });
    out(`The schema "${given.namespace}" is at version ${version}.\n`);
    return 0;
  } catch (error) {
    err(`${messageOf(error)}\n`);
    return 1;
  }
}

function parse(args: readonly string[]): { namespace: string; help: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        namespace: { type: 'string', default: 'doku' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof DokuConfigurationError) return `${error.message} ${error.fix}`;
  // A refused connection to a name with several addresses has no message of its own.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
}
