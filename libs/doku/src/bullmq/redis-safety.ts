import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { PlainRedis } from './redis-client.js';

/** How a Redis keeps what it is given. */
interface RedisSafety {
  /** What can be lost, a sentence each. */
  readonly losses: readonly string[];
  /** Whether `WAITAOF` can be used: `undefined` where Redis does not say. */
  readonly canWaitAof: boolean | undefined;
}

/**
 * Reads how Redis keeps its data.
 *
 * @throws DokuConfigurationError when it may drop events to make room
 */
export async function inspectRedis(client: PlainRedis, address: string): Promise<RedisSafety> {
  const settings = await readSettings(client);
  if (!settings) {
    return {
      losses: [
        `Redis at ${address} does not let its CONFIG be read: make sure that maxmemory-policy is noeviction and appendonly is yes`,
      ],
      canWaitAof: undefined,
    };
  }
  const policy = settings.get('maxmemory-policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new DokuConfigurationError(
      `has maxmemory-policy ${policy}: when its memory is full, Redis at ${address} would drop events that DOKU was told are safe`,
      'bullMqDelivery.connection',
      'Set maxmemory-policy to noeviction in redis.conf (or CONFIG SET maxmemory-policy noeviction).',
    );
  }
  const keepsLog = settings.get('appendonly') === 'yes';
  return {
    losses: keepsLog
      ? lossesOfLog(settings.get('appendfsync'))
      : lossesWithoutLog(settings, address),
    canWaitAof: keepsLog && (await knowsWaitAof(client)),
  };
}

async function readSettings(client: PlainRedis): Promise<ReadonlyMap<string, string> | undefined> {
  const answers = await unlessRefused(
    Promise.all(
      ['maxmemory-policy', 'appendonly', 'appendfsync', 'save'].map((name) =>
        client.call('CONFIG', 'GET', name),
      ),
    ),
  );
  return (
    answers &&
    new Map(
      answers.flatMap((answer) =>
        Array.isArray(answer) && answer.length === 2
          ? [[String(answer[0]), String(answer[1])]]
          : [],
      ),
    )
  );
}

async function knowsWaitAof(client: PlainRedis): Promise<boolean | undefined> {
  const answer = await unlessRefused(client.call('COMMAND', 'INFO', 'WAITAOF'));
  return answer === undefined ? undefined : Array.isArray(answer) && Array.isArray(answer[0]);
}

/** Managed services rename such commands or forbid them. Anything else is no answer at all. */
async function unlessRefused<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Whether Redis has answered that it does not do such a thing; it also answers that it is loading, or not ours. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(?:ERR|NOPERM)\b/.test(error.message);
}

function lossesOfLog(appendfsync: string | undefined): readonly string[] {
  switch (appendfsync) {
    case 'always':
      return [];
    case 'everysec':
      return [
        'appendfsync is everysec: up to 1 second of accepted events is lost when the machine of Redis dies (not when its process does)',
      ];
    default:
      return [
        `appendfsync is ${appendfsync ?? 'unknown'}: what the operating system has not yet written, often 30 seconds of accepted events, is lost when the machine of Redis dies`,
      ];
  }
}

function lossesWithoutLog(
  settings: ReadonlyMap<string, string>,
  address: string,
): readonly string[] {
  const save = settings.get('save') ?? '';
  return [
    save === ''
      ? `Redis at ${address} keeps nothing on disk: when it ends, every event that waits or is retried is lost, and so is what is known of duplicates; set appendonly to yes`
      : `Redis at ${address} keeps snapshots only (save ${save}): when it dies, every event accepted since the last one is lost; set appendonly to yes`,
  ];
}
