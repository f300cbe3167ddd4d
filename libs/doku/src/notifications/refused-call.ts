import type { Logger } from '@nestjs/common';

import { publish } from '../diagnostics/doku-diagnostics.js';

/** A call of DOKU that is refused. */
export interface RefusedCall {
  /** A sentence of ours, with nothing of what was sent. */
  readonly cause: string;
  /** What was called. */
  readonly target?: string;
  readonly merchant?: string | undefined;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** Tells the log and the diagnostics of a refusal: what was called, never what was sent. */
export function reportRefusal(logger: Pick<Logger, 'warn'>, refused: RefusedCall): void {
  const { cause, target, merchant } = refused;
  logger.warn(
    `refused cause="${cause}"` +
      (target === undefined ? '' : ` target=${JSON.stringify(target.slice(0, 200))}`) +
      (merchant === undefined ? '' : ` merchant=${merchant}`),
  );
  publishRefusal(refused);
}

/** Tells the diagnostics only, where the log has a line of its own. */
export function publishRefusal({ cause, merchant, status }: RefusedCall): void {
  publish('nestjs-doku:notification.refused', () => ({ cause, merchant, status }));
}
