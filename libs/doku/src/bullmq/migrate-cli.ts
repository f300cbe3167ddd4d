#!/usr/bin/env node
import { runMigrateCli } from './run-migrate-cli.js';

void runMigrateCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
