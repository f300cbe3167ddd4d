import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DokuSimulator } from './doku-simulator.js';
import { messageOf } from './engine/error-text.js';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_SECRET_KEY,
  SimulatorOptionsError,
  checkOptions,
  type DokuSimulatorOptions,
} from './simulator-options.js';

const DEFAULT_PORT = 4010;

const USAGE = `Starts a stand-in for DOKU's sandbox, with a web console.

Usage: nestjs-doku-simulator [options]

  --port <number>               where to listen (default ${DEFAULT_PORT})
  --host <address>              which address to listen on (default 127.0.0.1)
  --public-url <url>            where browsers reach it, if not where it listens
  --client-id <id>              merchant (default ${DEFAULT_CLIENT_ID})
  --secret-key <key>            its secret (default ${DEFAULT_SECRET_KEY})
  --notification-url <url>      where notifications go
  --help                        this text

For SNAP:

  --merchant-public-key <file>  PEM of the merchant's key; checks its token requests
  --doku-private-key <file>     PEM of DOKU's key; made if absent
  --snap-notification-url <url> where SNAP notifications go
  --token-url <url>             the merchant's token endpoint, called before each of them
  --auth-code-secret-key <key>  encrypts the authCode of wallet account inquiries

Defaults may be set by SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_PUBLIC_URL, DOKU_CLIENT_ID,
DOKU_SECRET_KEY, DOKU_NOTIFICATION_URL, DOKU_SNAP_NOTIFICATION_URL, DOKU_TOKEN_URL,
DOKU_AUTH_CODE_SECRET_KEY, DOKU_MERCHANT_PUBLIC_KEY_FILE and SIMULATOR_DOKU_PRIVATE_KEY_FILE.`;

/** Where an option comes from when its flag is left out. */
const VARIABLES: { readonly [Option in keyof DokuSimulatorOptions]?: string } = {
  port: 'SIMULATOR_PORT',
  host: 'SIMULATOR_HOST',
  publicUrl: 'SIMULATOR_PUBLIC_URL',
  clientId: 'DOKU_CLIENT_ID',
  secretKey: 'DOKU_SECRET_KEY',
  notificationUrl: 'DOKU_NOTIFICATION_URL',
  merchantPublicKey: 'DOKU_MERCHANT_PUBLIC_KEY_FILE',
  dokuPrivateKey: 'SIMULATOR_DOKU_PRIVATE_KEY_FILE',
  snapNotificationUrl: 'DOKU_SNAP_NOTIFICATION_URL',
  tokenUrl: 'DOKU_TOKEN_URL',
  authCodeSecretKey: 'DOKU_AUTH_CODE_SECRET_KEY',
};

/** What the command line reads and writes; replaced in tests. */
export interface CliSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Resolves when the simulator is to stop. */
  readonly untilStopped: () => Promise<void>;
}

/** Input that the user has to change. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs the command line until SIGINT or SIGTERM.
 * @returns the exit code: 0, 2 for bad input, 1 when it cannot start
 */
export async function runCli(
  args: readonly string[],
  surroundings: Partial<CliSurroundings> = {},
): Promise<number> {
  const { env, print, complain, untilStopped } = { ...PROCESS, ...surroundings };
  let options: DokuSimulatorOptions | 'help';
  try {
    options = readOptions(args, env);
  } catch (error) {
    complain(`${messageOf(error)}\nTry --help.`);
    return 2;
  }
  if (options === 'help') {
    print(USAGE);
    return 0;
  }
  let simulator: DokuSimulator;
  try {
    simulator = await DokuSimulator.start(options);
  } catch (error) {
    complain(messageOf(error));
    return error instanceof SimulatorOptionsError ? 2 : 1;
  }
  print(`DOKU simulator: ${simulator.url}`);
  print(`Client-Id ${options.clientId ?? ''}; set it and its secret in the merchant's app.`);
  print(
    options.notificationUrl === undefined
      ? 'Notifications are recorded but not sent; start with --notification-url to send them.'
      : `Notifications go to ${options.notificationUrl}`,
  );
  print(
    options.merchantPublicKey === undefined
      ? 'SNAP tokens are refused; start with --merchant-public-key to give them.'
      : snapLine(options.snapNotificationUrl),
  );
  await untilStopped();
  await simulator.stop();
  return 0;
}

function snapLine(url: string | undefined): string {
  return url === undefined
    ? 'SNAP notifications are recorded but not sent; start with --snap-notification-url to send them.'
    : `SNAP notifications go to ${url}`;
}

const PROCESS: CliSurroundings = {
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => {
        resolve();
      });
      process.once('SIGTERM', () => {
        resolve();
      });
    }),
};

function readOptions(
  args: readonly string[],
  env: CliSurroundings['env'],
): DokuSimulatorOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'public-url': { type: 'string' },
      'client-id': { type: 'string' },
      'secret-key': { type: 'string' },
      'notification-url': { type: 'string' },
      'merchant-public-key': { type: 'string' },
      'doku-private-key': { type: 'string' },
      'snap-notification-url': { type: 'string' },
      'token-url': { type: 'string' },
      'auth-code-secret-key': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';

  const host = values.host ?? fromEnv(env, 'SIMULATOR_HOST');
  const publicUrl = values['public-url'] ?? fromEnv(env, 'SIMULATOR_PUBLIC_URL');
  const notificationUrl = values['notification-url'] ?? fromEnv(env, 'DOKU_NOTIFICATION_URL');
  const merchantKeyFile =
    values['merchant-public-key'] ?? fromEnv(env, 'DOKU_MERCHANT_PUBLIC_KEY_FILE');
  const dokuKeyFile = values['doku-private-key'] ?? fromEnv(env, 'SIMULATOR_DOKU_PRIVATE_KEY_FILE');
  const snapNotificationUrl =
    values['snap-notification-url'] ?? fromEnv(env, 'DOKU_SNAP_NOTIFICATION_URL');
  const tokenUrl = values['token-url'] ?? fromEnv(env, 'DOKU_TOKEN_URL');
  const authCodeSecretKey =
    values['auth-code-secret-key'] ?? fromEnv(env, 'DOKU_AUTH_CODE_SECRET_KEY');
  /** What the user has to change: the flag, or the variable when it stands in for the flag. */
  const nameInput = (option: keyof DokuSimulatorOptions): string => {
    const flag = option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const variable = VARIABLES[option];
    const isFromEnv = !Object.hasOwn(values, flag) && variable !== undefined;
    return isFromEnv && fromEnv(env, variable) !== undefined ? variable : `--${flag}`;
  };
  const options: DokuSimulatorOptions = {
    port: readPort(nameInput('port'), values.port ?? fromEnv(env, 'SIMULATOR_PORT')),
    clientId: values['client-id'] ?? fromEnv(env, 'DOKU_CLIENT_ID') ?? DEFAULT_CLIENT_ID,
    secretKey: values['secret-key'] ?? fromEnv(env, 'DOKU_SECRET_KEY') ?? DEFAULT_SECRET_KEY,
    // Nest tells each route that it maps; only trouble is worth a line here.
    logger: ['error', 'warn'],
    ...(host !== undefined && { host }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(notificationUrl !== undefined && { notificationUrl }),
    ...(merchantKeyFile !== undefined && {
      merchantPublicKey: readKeyFile(nameInput('merchantPublicKey'), merchantKeyFile),
    }),
    ...(dokuKeyFile !== undefined &&
      existsSync(dokuKeyFile) && {
        dokuPrivateKey: readKeyFile(nameInput('dokuPrivateKey'), dokuKeyFile),
      }),
    ...(snapNotificationUrl !== undefined && { snapNotificationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(authCodeSecretKey !== undefined && { authCodeSecretKey }),
  };
  try {
    checkOptions(options);
  } catch (error) {
    if (!(error instanceof SimulatorOptionsError)) throw error;
    throw new UsageError(`${nameInput(error.option)} ${error.demand}.`);
  }
  if (dokuKeyFile === undefined || options.dokuPrivateKey !== undefined) return options;
  // Last: bad input must leave no file behind.
  return { ...options, dokuPrivateKey: makeKey(nameInput('dokuPrivateKey'), dokuKeyFile) };
}

/** An empty variable counts as not set: that is how compose files leave one out. */
function fromEnv(env: CliSurroundings['env'], name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

function readPort(name: string, text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError(
      `${name} must be a number from 0 (any free port) to 65535, not "${text}".`,
    );
  }
  return Number(text);
}

function readKeyFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${name}: cannot read "${file}" (${messageOf(error)}).`);
  }
}

function makeKey(name: string, file: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    // Never over an existing file, and readable by its owner only.
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${name}: cannot write "${file}" (${messageOf(error)}).`);
  }
  return pem;
}
