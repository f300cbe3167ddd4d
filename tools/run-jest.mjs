// Runs Jest, and fails also for what Jest only mentions: a run that does not end, an error that nobody
// handled after its test file had ended. A worker that is slow to exit is no complaint, on a busy machine it
// says nothing: the environment of each test file looks for what is left open.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const COMPLAINTS = [
  'Jest did not exit one second after the test run has completed',
  'Unhandled after a test file had ended',
];
const LONGEST = Math.max(...COMPLAINTS.map((complaint) => complaint.length));

const args = process.argv.slice(2);
const isInteractive = args.some((arg) => arg.startsWith('--watch'));
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args],
  {
    stdio: ['inherit', 'inherit', isInteractive ? 'inherit' : 'pipe'],
    env: process.stderr.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env,
  },
);

const heard = new Set();
let tail = '';
child.stderr?.on('data', (chunk) => {
  process.stderr.write(chunk);
  const text = tail + chunk.toString();
  for (const complaint of COMPLAINTS) if (text.includes(complaint)) heard.add(complaint);
  // It would hang for ever.
  if (heard.has(COMPLAINTS[0])) child.kill();
  // A complaint may be cut in two.
  tail = text.slice(-LONGEST);
});

// The terminal sends Ctrl-C to both; Jest ends first and decides the exit code.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill());

child.on('close', (code, signal) => {
  for (const complaint of heard) console.error(`The run fails, because: ${complaint}`);
  process.exitCode = heard.size > 0 ? 1 : (code ?? (signal === 'SIGINT' ? 130 : 1));
});
