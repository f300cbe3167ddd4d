import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { transform } from '@swc/core';

import { swc } from '../setup/swc.js';

const LIBRARY = new URL('../../libs/doku/src/', import.meta.url);

/** Sources name the emitted file, and the package; both are found as sources. */
export function resolve(specifier, context, next) {
  const [, entry] = /^nestjs-doku(?:\/(\w+))?$/.exec(specifier) ?? [null];
  if (/^nestjs-doku(\/|$)/.test(specifier)) {
    return next(new URL(`${entry ? `${entry}/` : ''}index.ts`, LIBRARY).href, context);
  }
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(fileURLToPath(source))) return next(source.href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...swc, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
