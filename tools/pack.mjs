// Writes the tarballs of the built libraries to `artifacts/`.
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { packLibraries } from './packing.mjs';

const root = join(import.meta.dirname, '..');
const artifacts = join(root, 'artifacts');

rmSync(artifacts, { recursive: true, force: true });
for (const tarball of Object.values(packLibraries(artifacts))) console.log(relative(root, tarball));
