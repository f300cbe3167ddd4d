// Finishes a library that was just compiled: `node tools/finish-lib.mjs libs/<name>`.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lib = process.argv[2];
const { bin = {} } = JSON.parse(readFileSync(join(lib, 'package.json'), 'utf8'));

// Tells Node that these files are CommonJS, although the package is ESM.
writeFileSync(join(lib, 'dist/cjs/package.json'), '{ "type": "commonjs" }\n');
for (const command of Object.values(bin)) chmodSync(join(lib, command), 0o755);
