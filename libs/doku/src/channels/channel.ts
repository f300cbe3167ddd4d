import type { Type } from '@nestjs/common';

import type { MoneyOperation } from '../reconciliation/money-operation.js';
import type { DokuChannelOptions } from './channels.js';

/** What the rest of the library knows of a channel: one object in the channel's own folder. */
export interface Channel {
  /** Its name in events, such as `'cimb-direct-debit'`. */
  readonly name: string;
  /** Injectable, provided and exported by the module. */
  readonly service: Type<object>;
  /** DOKU's codes of it in notifications, such as `DIRECT_DEBIT_CIMB`. */
  readonly codes: readonly string[];
  /** The code that the channel's options put in place of that, if they do. */
  readonly codeIn?: (options: DokuChannelOptions) => unknown;
  /** `acquirer.id` of a non-SNAP direct-debit notification that has no channel id (reference non-snap 4.2). */
  readonly acquirer?: string;
  /** How its operations that move money are asked for, with its options; those without a usable query are missing. */
  readonly reconciliation: (options: DokuChannelOptions) => readonly MoneyOperation[];
}
