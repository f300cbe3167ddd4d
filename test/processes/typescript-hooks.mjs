import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { swc } from '../setup/swc.js';

const LIBRARY = new URL('../../libs/doku/src/', import.meta.url);
const SIMULATOR = new URL('../../libs/doku-simulator/src/index.ts', import.meta.url);
const CACHE = new URL('../../node_modules/.cache/test-processes/', import.meta.url);

/** Sources name the emitted file, and the package; both are found as sources. */
export function resolve(specifier, context, next) {
  if (specifier === 'nestjs-doku-simulator') return next(SIMULATOR.href, context);
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
  return { format: 'module', source: await compiled(fileURLToPath(url)), shortCircuit: true };
}

/** Processes that are killed and started again all the time must not compile all the time. */
async function compiled(filename) {
  const source = await readFile(filename, 'utf8');
  const key = createHash('sha256').update(JSON.stringify([filename, source, swc])).digest('hex');
  const place = new URL(`${key}.mjs`, CACHE);
  try {
    return await readFile(place, 'utf8');
  } catch {
    const { transform } = await import('@swc/core');
    const { code } = await transform(source, { ...swc, filename });
    await mkdir(CACHE, { recursive: true });
    const draft = new URL(randomUUID(), CACHE);
    await writeFile(draft, code);
    await rename(draft, place);
    return code;
  }
}
