// Packs the built libraries, and refuses a tarball that lacks something or holds too much.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const LIBRARIES = ['libs/doku', 'libs/doku-simulator'];

/** Writes one tarball per library into the folder, and returns their paths by package name. */
export function packLibraries(folder) {
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(LIBRARIES.map((library) => packLibrary(library, folder)));
}

function packLibrary(library, folder) {
  // Packed in a copy, since a library without its own README or CHANGELOG gets those of the workspace.
  const staged = mkdtempSync(join(tmpdir(), 'packing-'));
  try {
    for (const file of ['dist', 'package.json', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
      const source = [join(root, library, file), join(root, file)].find((path) => existsSync(path));
      if (source) cpSync(source, join(staged, file), { recursive: true });
    }
    const [packed] = JSON.parse(
      execFileSync(
        'npm',
        ['pack', '--json', '--loglevel=error', '--ignore-scripts', '--pack-destination', folder],
        { cwd: staged, encoding: 'utf8' },
      ),
    );
    const manifest = JSON.parse(readFileSync(join(staged, 'package.json'), 'utf8'));
    const problems = problemsOf(packed, manifest, staged);
    if (problems.length > 0) {
      rmSync(join(folder, packed.filename));
      throw new Error(`${packed.filename} is not fit to publish:\n  ${problems.join('\n  ')}`);
    }
    return [manifest.name, join(folder, packed.filename)];
  } finally {
    rmSync(staged, { recursive: true });
  }
}

function problemsOf(packed, { bin = {}, exports }, staged) {
  const files = new Map(packed.files.map(({ path, mode }) => [path, mode]));
  const commands = Object.values(bin).map(toPath);
  const required = ['README.md', 'LICENSE', ...targetsOf(exports), ...commands];
  const isExpected = (path) =>
    /^(README\.md|LICENSE|CHANGELOG\.md|package\.json|dist\/cjs\/package\.json)$/.test(path) ||
    (/^dist\/(esm|cjs)\/.+\.(js|js\.map|d\.ts)$/.test(path) && !/\.spec\./.test(path));
  return [
    ...required.filter((path) => !files.has(path)).map((path) => `${path} is missing`),
    ...[...files.keys()].filter((path) => !isExpected(path)).map((path) => `${path} is too much`),
    ...commands
      .filter((path) => files.has(path))
      .flatMap((path) => [
        ...((files.get(path) & 0o111) === 0o111 ? [] : [`${path} is not executable`]),
        ...(readFileSync(join(staged, path), 'utf8').startsWith('#!/usr/bin/env node\n')
          ? []
          : [`${path} has no shebang`]),
      ]),
  ];
}

/** Every file that `exports` names. */
function targetsOf(exports) {
  return typeof exports === 'string'
    ? [toPath(exports)]
    : Object.values(exports).flatMap((target) => targetsOf(target));
}

function toPath(target) {
  return target.replace(/^\.\//, '');
}
