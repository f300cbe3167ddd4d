import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

import { Injectable } from '@nestjs/common';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

const FOLDER = join('apps', 'demo', 'public');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** The page's files, read once. A name can only be one of these, so no path is ever made from a request. */
@Injectable()
export class PageFiles {
  private readonly files = readFolder(findFolder(import.meta.dirname));

  get(name: string): PageFile | undefined {
    return this.files.get(name);
  }
}

/** Looks upwards: the compiled app lies deeper in the repository than its source, and is not copied out. */
function findFolder(start: string): string {
  const folder = join(start, FOLDER);
  if (existsSync(join(folder, 'index.html'))) return folder;
  const parent = dirname(start);
  if (parent === start) throw new Error(`The page is missing: no ${FOLDER} above the app`);
  return findFolder(parent);
}

function readFolder(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type !== undefined) files.set(name, { type, content: readFileSync(join(folder, name)) });
  }
  return files;
}
