// Jest's Node environment, which fails a test file that leaves something open (a server, a socket, a
// child process, a timer) or has an error that nobody handles, however late. It looks after the last
// `afterAll`, from outside the sandbox, where fake timers and mocks do not reach.
import { setTimeout as delay } from 'node:timers/promises';

import { TestEnvironment } from 'jest-environment-node';

const CLOSING_MS = 2_000;
const POLL_MS = 10;

/** With `--runInBand` Jest's reporters have timers in the same process, which cannot be told apart. */
const isWorker = process.send !== undefined;

/** What may be open: at first what Jest itself needs, then also what an earlier file has left. */
let tolerated;
let lastFile;

// Jest has listeners of its own while a file runs. Without these ones a worker would crash between two
// files, be replaced by another one, and nobody would know.
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, reportLate);

/** `tools/run-jest.mjs` fails the run when it reads this. */
function reportLate(error) {
  const details = error?.stack ?? String(error);
  process.stderr.write(`Unhandled after a test file had ended (${lastFile}): ${details}\n`);
}

export default class StrictEnvironment extends TestEnvironment {
  phase = 'running';

  constructor(config, context) {
    super(config, context);
    lastFile = context.testPath;
  }

  async setup() {
    await super.setup();
    this.handlesBefore = new Set(activeHandles());
    tolerated ??= countOpen();
  }

  async handleTestEvent(event, state) {
    if (event.name === 'error') this.keepLateError(event, state);
    if (event.name !== 'run_finish') return;
    this.phase = 'closing';
    const left = await waitUntilClosed();
    if (left.length > 0) state.unhandledErrors.push(this.leakError(left));
    this.phase = 'closed';
  }

  /** Jest files a late rejection under the test that caused it, where nobody looks any more. */
  keepLateError({ error, promise }, state) {
    if (this.phase === 'closed') reportLate(error);
    const isKept = !promise || state.unhandledRejectionErrorByPromise.has(promise);
    if (this.phase === 'closing' && !isKept) state.unhandledErrors.push(error);
  }

  leakError(left) {
    const handles = activeHandles().filter((handle) => !this.handlesBefore.has(handle));
    const details = handles.length > 0 ? ` (${handles.map(describe).join('; ')})` : '';
    const error = new Error(`The test file leaves open: ${left.join(', ')}${details}`);
    error.stack = error.message;
    return error;
  }
}

/** What is closing may take a moment. */
async function waitUntilClosed() {
  const deadline = performance.now() + CLOSING_MS;
  for (;;) {
    const open = countOpen();
    const left = surplusOf(open);
    if (left.length === 0) return left;
    if (performance.now() > deadline) {
      tolerated = open;
      return left;
    }
    await delay(POLL_MS);
  }
}

/** Only what keeps the process alive is counted; idle keep-alive sockets of clients do not. */
function surplusOf(open) {
  return [...open].flatMap(([kind, count]) => {
    const surplus = count - (tolerated.get(kind) ?? 0);
    return surplus > 0 ? [`${surplus} ${kind}`] : [];
  });
}

function countOpen() {
  const counts = new Map();
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind === 'Timeout' && !isWorker) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Undocumented, hence only for the message. */
function activeHandles() {
  return process._getActiveHandles?.() ?? [];
}

function describe(handle) {
  const kind = handle.constructor.name;
  if (handle.spawnfile) return `${kind} ${handle.spawnfile}, pid ${handle.pid}`;
  if (handle.listening) return `${kind} on ${handle.address()?.port ?? handle.address()}`;
  if (handle.remotePort) return `${kind} from ${handle.localPort} to ${handle.remotePort}`;
  return kind;
}
