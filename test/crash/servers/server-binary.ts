import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const POSTGRES_HOME = '/usr/lib/postgresql';

/** Where a server's program is; `undefined` when it is not installed. */
export function findBinary(name: string): string | undefined {
  const folders = [...postgresFolders(), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** PostgreSQL refuses to be run by root: then it is the user of Debian's package. */
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function postgresFolders(): string[] {
  if (!existsSync(POSTGRES_HOME)) return [];
  return readdirSync(POSTGRES_HOME)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(POSTGRES_HOME, version, 'bin'));
}
