import { Injectable } from '@nestjs/common';
import { ChangeFeed } from './change-feed.js';
import type { Scheme } from './operation.js';

export const FAULT_KINDS = [
  'delay',
  'hang',
  'drip',
  'drop-after-processing',
  'drop-before-processing',
  'error-500',
  'error-503',
  'error-504',
  'unsigned',
  'wrong-signature',
  'garbage',
  'truncated',
  'foreign-conflict',
  'redirect',
  'echo-mismatch',
  'in-progress',
  'refuse',
  'conflict-replay',
] as const;

/** What goes wrong; the README describes each. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** SNAP answers carry no signature and echo no id, so that there is nothing to spoil. */
const FOR_NON_SNAP_ONLY: readonly FaultKind[] = ['unsigned', 'wrong-signature', 'echo-mismatch'];
/** They answer with response codes, which only SNAP has. */
const FOR_SNAP_ONLY: readonly FaultKind[] = ['in-progress', 'refuse', 'conflict-replay'];

/** Whether a fault can hit the calls of a family. */
export function suits(fault: FaultKind, scheme: Scheme): boolean {
  return !(scheme === 'snap' ? FOR_NON_SNAP_ONLY : FOR_SNAP_ONLY).includes(fault);
}

/** A fault to come, as set through the JSON API. */
export interface FaultRequest {
  /** Name of an operation, or `*` for all. */
  readonly operation: string;
  readonly fault: FaultKind;
  /** How many calls it hits; `null` until cleared. */
  readonly times: number | null;
  /** Length of `delay`, or the pause between two bytes of `drip`. */
  readonly ms?: number;
  /** For `hang`, `error-5xx`, `in-progress` and `refuse`: whether the operation is processed first. */
  readonly processed?: boolean;
  /** For `redirect`: where to, an absolute http or https URL. */
  readonly location?: string;
  /** For `refuse`: seven digits, of which the first three are the HTTP status. */
  readonly responseCode?: string;
}

export interface Fault extends FaultRequest {
  readonly id: string;
  /** How many calls it has hit. */
  readonly hits: number;
}

/** The faults that wait for calls. */
@Injectable()
export class FaultBook {
  private faults: Fault[] = [];
  private count = 0;

  constructor(private readonly feed: ChangeFeed) {}

  add(request: FaultRequest): Fault {
    const fault = { ...request, id: `flt-${++this.count}`, hits: 0 };
    this.faults.push(fault);
    this.feed.announce();
    return fault;
  }

  /** The oldest fault that fits the operation; used up after its number of times. */
  take(operation: string, scheme: Scheme): Fault | undefined {
    const fault = this.faults.find(
      (each) => ['*', operation].includes(each.operation) && suits(each.fault, scheme),
    );
    if (fault === undefined) return undefined;
    const hit = { ...fault, hits: fault.hits + 1 };
    const isUsedUp = hit.times !== null && hit.hits >= hit.times;
    this.faults = this.faults.flatMap((each) => {
      if (each !== fault) return [each];
      return isUsedUp ? [] : [hit];
    });
    this.feed.announce();
    return hit;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
    this.feed.announce();
  }
}
