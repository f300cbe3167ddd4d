import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli.js';
import { MERCHANT_PUBLIC_KEY } from './testing/snap-merchant.js';
import { SnapShop } from './testing/snap-shop.js';
import { exchange } from './testing/test-merchant.js';

describe('the command line', () => {
  let folder: string;
  let lines: string[];
  let complaints: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    lines = [];
    complaints = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (
    args: string[],
    env: Record<string, string> = {},
    use: (url: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<number> =>
    runCli(args, {
      env,
      print: (line) => lines.push(line),
      complain: (line) => complaints.push(line),
      untilStopped: () => use(/http:\S+/.exec(lines.findLast(isAddress) ?? '')?.[0] ?? ''),
    });

  it('prints its address and answers until stopped', async () => {
    let status = 0;
    const code = await run(['--port', '0'], {}, async (url) => {
      ({ status } = await exchange(`${url}/_simulator/settings`, 'GET', {}));
    });

    expect([code, status]).toEqual([0, 200]);
    expect(lines[0]).toMatch(/^DOKU simulator: http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines.join()).toContain('start with --notification-url');
  });

  it('takes the key of wallet authCodes, from either side', async () => {
    const tooShort = ['--port', '0', '--auth-code-secret-key', 'short'];
    const fromEnv = await run(['--port', '0'], { DOKU_AUTH_CODE_SECRET_KEY: 'short' });
    let info = '';
    const keyed = await run(
      ['--port', '0', '--auth-code-secret-key', '0123456789abcdef'],
      {},
      async (url) => {
        info = (await exchange(`${url}/_simulator/info`, 'GET', {})).text;
      },
    );

    expect([await run(tooShort), fromEnv, keyed]).toEqual([2, 2, 0]);
    expect(complaints.join()).toMatch(
      /DOKU_AUTH_CODE_SECRET_KEY must be a text of 16, 24 or 32 bytes.*--auth-code-secret-key must/s,
    );
    expect(info).toContain('"authCodeSecretKey":null');
  });

  it('takes defaults from the environment, which arguments override', async () => {
    await run(['--client-id', 'MCH-ARG'], {
      SIMULATOR_PORT: '0',
      DOKU_CLIENT_ID: 'MCH-ENV',
      DOKU_SECRET_KEY: '',
      DOKU_NOTIFICATION_URL: 'http://127.0.0.1:1/doku',
    });

    expect(lines.join()).toContain('Client-Id MCH-ARG');
    expect(lines.join()).toContain('Notifications go to http://127.0.0.1:1/doku');
  });

  it("makes DOKU's key once, readable by its owner only", async () => {
    const file = join(folder, 'doku.pem');
    const keys: string[] = [];
    for (let start = 0; start < 2; start++) {
      await run(['--port', '0', '--doku-private-key', file], {}, async (url) => {
        keys.push((await exchange(`${url}/_simulator/doku-public-key`, 'GET', {})).text);
      });
    }

    expect(keys[0]).toBe(keys[1]);
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes the merchant key and the SNAP addresses from the environment too', async () => {
    const file = join(folder, 'merchant.pem');
    writeFileSync(file, MERCHANT_PUBLIC_KEY);
    let text = '';
    const env = {
      SIMULATOR_PORT: '0',
      DOKU_MERCHANT_PUBLIC_KEY_FILE: file,
      DOKU_SNAP_NOTIFICATION_URL: 'http://127.0.0.1:1/snap',
      DOKU_TOKEN_URL: 'http://127.0.0.1:1/token',
    };
    await run([], env, async (url) => {
      ({ text } = await exchange(`${url}/_simulator/info`, 'GET', {}));
      const shop = await SnapShop.open(url);
      text += shop.merchant.token;
    });
    await run([], { ...env, DOKU_MERCHANT_PUBLIC_KEY_FILE: 'nowhere.pem' });

    expect(lines.join()).toContain('SNAP notifications go to http://127.0.0.1:1/snap');
    expect(text).toContain('"tokenUrl":"http://127.0.0.1:1/token"');
    expect(text).toMatch(/}eyJ/);
    expect(complaints.join()).toMatch(/^DOKU_MERCHANT_PUBLIC_KEY_FILE: cannot read "nowhere\.pem"/);
  });

  it.each([
    [['--port', 'http'], /--port must be a number/],
    [['--colour'], /'--colour'/],
    [['--public-url', 'http://'], /--public-url must be an absolute http or https URL/],
    [['--client-id', ''], /--client-id must not be empty/],
    [['--secret-key', ''], /--secret-key must not be empty/],
    [['--token-url', 'x'], /--token-url must be an absolute http or https URL/],
    [['--merchant-public-key', 'nowhere.pem'], /--merchant-public-key: cannot read "nowhere.pem"/],
  ])('refuses %j with exit code 2', async (args, message) => {
    expect(await run(args)).toBe(2);
    expect(complaints.join()).toMatch(message);
    expect(complaints.join()).toContain('Try --help.');
  });

  it('refuses a key file that holds no key', async () => {
    const file = join(folder, 'no-key.pem');
    writeFileSync(file, 'no key');

    expect(await run(['--merchant-public-key', file])).toBe(2);
    expect(complaints.join()).toContain('--merchant-public-key must be an RSA key');
  });

  it('names the variable when the fault is there', async () => {
    await run([], { SIMULATOR_PORT: 'abc' });
    await run([], { SIMULATOR_PUBLIC_URL: 'http://%' });
    await run(['--public-url', 'shop'], { SIMULATOR_PUBLIC_URL: 'http://%' });

    expect(complaints.map((each) => each.split(' ')[0])).toEqual([
      'SIMULATOR_PORT',
      'SIMULATOR_PUBLIC_URL',
      '--public-url',
    ]);
  });

  it('makes no key when another option is wrong', async () => {
    const file = join(folder, 'doku.pem');

    expect(await run(['--doku-private-key', file, '--client-id', ''])).toBe(2);
    expect(existsSync(file)).toBe(false);
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(lines.join()).toContain('--notification-url <url>');
    expect(lines.join()).toContain('--snap-notification-url <url>');
    expect(lines.join()).not.toContain('to come');
  });
});

function isAddress(line: string): boolean {
  return line.startsWith('DOKU simulator: ');
}
