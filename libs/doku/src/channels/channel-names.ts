import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import { readMember } from '../http/members.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';

/** DOKU's channel code in a notification, by the name that the channel has here. */
const NAMES: Readonly<Record<string, string>> = {
  DIRECT_DEBIT_CIMB: 'cimb-direct-debit',
  DIRECT_DEBIT_ALLO_SNAP: 'allo-direct-debit',
  // What DOKU calls it where it documents a code; on SNAP it documents none (reference snap 10).
  KARTU_KREDIT_INDONESIA: 'kki',
};

/** DOKU's `acquirer.id` of a direct-debit notification without a channel id (reference non-snap 4.2). */
const NAMES_BY_ACQUIRER: ReadonlyMap<string, string> = new Map([['CIMB', 'cimb-direct-debit']]);

/** Finds the channel of a notification: the codes that the options replace are known as well. */
@Injectable()
export class ChannelNames {
  private readonly names: ReadonlyMap<string, string>;

  constructor(@Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions) {
    const { alloDirectDebit, kki } = channels;
    const replaced: readonly (readonly [unknown, string])[] = [
      [alloDirectDebit?.channel, 'allo-direct-debit'],
      [kki?.channel, 'kki'],
    ];
    this.names = new Map([...Object.entries(NAMES), ...replaced.filter(isCodeAndName)]);
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

function isCodeAndName(entry: readonly [unknown, string]): entry is readonly [string, string] {
  return typeof entry[0] === 'string';
}
