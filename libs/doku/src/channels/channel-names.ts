import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { readMember } from '../http/members.js';
import { CHANNELS } from './channels.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';

/** Our name of a channel, by DOKU's code of it in a notification. */
const NAMES: ReadonlyMap<string, string> = new Map(
  CHANNELS.flatMap(({ name, codes }) => codes.map((code) => [code, name] as const)),
);

/** The same by DOKU's `acquirer.id`, for direct debit without a channel id (reference non-snap 4.2). */
const NAMES_BY_ACQUIRER: ReadonlyMap<string, string> = new Map(
  CHANNELS.flatMap(({ name, acquirer }) =>
    acquirer === undefined ? [] : [[acquirer, name] as const],
  ),
);

/** Finds the channel of a notification: the codes that the options replace are known as well. */
@Injectable()
export class ChannelNames {
  private readonly names: ReadonlyMap<string, string>;

  constructor(@Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions) {
    const replaced = CHANNELS.flatMap(({ name, codeIn }) => {
      const code = codeIn?.(channels);
      return typeof code === 'string' ? [[code, name] as const] : [];
    });
    this.names = new Map([...NAMES, ...replaced]);
  }

  /**
   * The channel of a non-SNAP notification: our name of it, or DOKU's own id for a channel without a service
   * here, or `'unknown'` when it tells none.
   */
  ofNonSnap(payload: unknown): string {
    const channel = readMember(payload, ['channel', 'id']);
    if (typeof channel === 'string' && channel !== '') return this.names.get(channel) ?? channel;
    const acquirer = readMember(payload, ['acquirer', 'id']);
    const service = readMember(payload, ['service', 'id']);
    const isDirectDebit = service === 'DIRECT_DEBIT' && typeof acquirer === 'string';
    return (isDirectDebit ? NAMES_BY_ACQUIRER.get(acquirer) : undefined) ?? 'unknown';
  }

  /** The same for SNAP, where two members may hold it (reference snap C17). */
  ofSnap(payload: unknown): string {
    const [code = 'unknown'] = ['channelId', 'channel']
      .map((member) => readMember(payload, ['additionalInfo', member]))
      .filter(isChannelCode);
    return this.names.get(code) ?? code;
  }
}

/** In a binding, `channelId` is where the customer came from: `app` or `web` (reference snap 9.1). */
function isChannelCode(code: unknown): code is string {
  return typeof code === 'string' && !['', 'app', 'web'].includes(code);
}
