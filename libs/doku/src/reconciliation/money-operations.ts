import { Inject, Injectable } from '@nestjs/common';

import { CHANNELS } from '../channels/channels.js';
import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { MoneyOperation } from './money-operation.js';

/** A money operation, and our name of its channel. */
export interface MoneyOperationOfChannel extends MoneyOperation {
  readonly channel: string;
}

/** The operations of all channels that can be asked for, with the settings that the channels have. */
@Injectable()
export class MoneyOperations {
  private readonly byName: ReadonlyMap<string, MoneyOperationOfChannel>;

  constructor(@Inject(DOKU_OPTIONS) { channels }: ResolvedDokuOptions) {
    this.byName = new Map(
      CHANNELS.flatMap(({ name, reconciliation }) =>
        reconciliation(channels).map((money) => [
          money.operation.name,
          { ...money, channel: name },
        ]),
      ),
    );
  }

  named(name: string): MoneyOperationOfChannel | undefined {
    return this.byName.get(name);
  }

  names(): readonly string[] {
    return [...this.byName.keys()];
  }
}
