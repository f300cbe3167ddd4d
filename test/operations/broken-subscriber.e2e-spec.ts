import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { expect, it } from '@jest/globals';

const processes = new URL('../processes/', import.meta.url);

// In a process of its own: what a subscriber throws comes up where Jest would take it for a failure of its own.
it('a subscriber of a diagnostics channel that throws harms neither listener nor answer; Node tells the process', async () => {
  const child = fork(fileURLToPath(new URL('subscriber-process.ts', processes)), {
    execArgv: ['--import', new URL('typescript.mjs', processes).href],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exit = once(child, 'exit');
  const [outcome] = (await once(child, 'message')) as [unknown];
  const [code] = (await exit) as [unknown];

  expect(outcome).toEqual({
    status: 200,
    heard: ['payment.succeeded'],
    uncaught: ['no metrics for listener.delivered', 'no metrics for notification.accepted'],
  });
  expect(code).toBe(0);
}, 30_000);
