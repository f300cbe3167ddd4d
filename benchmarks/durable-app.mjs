import { fork } from 'node:child_process';
import { once } from 'node:events';

const CREDENTIALS = { clientId: 'MCH-0001-10791114622547', secretKey: 'SK-benchmark-0123456789' };
const PATH = '/doku/notifications';

/** A process of an app with durable delivery. */
export class DurableApp {
  static async start(setup) {
    const process = fork(
      new URL('./durable-process.mjs', import.meta.url),
      [JSON.stringify({ workMs: 0, ...CREDENTIALS, ...setup })],
      { execArgv: ['--expose-gc'] },
    );
    const [{ port }] = await once(process, 'message');
    return Object.assign(new DurableApp(), { process, port });
  }

  async ask(question) {
    const answer = once(this.process, 'message');
    this.process.send(question);
    return (await answer)[0];
  }

  async stop() {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }
}

/** Plays DOKU; `send` resolves with the notifications accepted per second. */
export class Sender {
  process = fork(new URL('./sender.mjs', import.meta.url), Object.values(CREDENTIALS));

  async send(port, count, more = {}) {
    const answer = once(this.process, 'message');
    this.process.send({ port, path: PATH, count, ...more });
    return (await answer)[0];
  }

  async stop() {
    const exited = once(this.process, 'exit');
    this.process.disconnect();
    await exited;
  }
}
