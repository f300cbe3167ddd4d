import { runCli } from 'nestjs-doku-simulator';

process.exitCode = await runCli(process.argv.slice(2));
