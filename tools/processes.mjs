// What the tools that start programs have in common.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const ANSWERS_WITHIN_MS = 15_000;
const STOPS_WITHIN_MS = 10_000;

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks until the program that was just started listens. */
export async function untilItAnswers(url, program) {
  const deadline = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      const isOver = program.exitCode !== null || performance.now() > deadline;
      if (error.cause?.code !== 'ECONNREFUSED' || isOver) throw error;
      await delay(50);
    }
  }
}

/** @throws when the program does not end by itself, with exit code 0 */
export async function stop(program, signal) {
  const exited = program.exitCode === null ? once(program, 'exit') : [program.exitCode];
  program.kill(signal);
  const killing = setTimeout(() => program.kill('SIGKILL'), STOPS_WITHIN_MS);
  const [code, killedBy] = await exited;
  clearTimeout(killing);
  if (code !== 0) {
    throw new Error(`${program.spawnargs.join(' ')} ended with ${code ?? killedBy}, not 0`);
  }
}
