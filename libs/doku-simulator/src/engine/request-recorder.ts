import { Injectable } from '@nestjs/common';
import { ChangeFeed } from './change-feed.js';
import { SimulatorClock } from './simulator-clock.js';
import type { FaultKind } from './faults.js';

/** How many calls are kept; older ones go. */
const KEPT_RECORDS = 1_000;

/** Whose token a SNAP call brought. */
interface RecordedCustomer {
  readonly authCode: string;
  readonly custIdMerchant: string;
  /** The account behind the token: the one that is asked, charged or paid back. */
  readonly account: string;
}

/** One call as the simulator received and answered it. */
export interface RecordedRequest {
  readonly id: string;
  /** Virtual time, ISO 8601. */
  readonly at: string;
  /** `unknown` when no operation has this method and path. */
  readonly operation: string;
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** Tokens are shown as their hashes. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** As received, but for secrets of SNAP calls, which are masked. */
  readonly body: string;
  /** What the simulator expected to be signed; absent when a header for it was missing. */
  stringToSign?: string;
  verdict: 'accepted' | 'refused';
  /** Why it was refused. */
  reason?: string;
  /** Status of the answer; `null` while or when there is none. */
  status: number | null;
  /** Whether the stored answer of an earlier call was given. */
  replayed: boolean;
  fault?: FaultKind;
  /** `X-EXTERNAL-ID` of a SNAP call. */
  externalId?: string;
  /** Hashes of the tokens of a SNAP call; their texts are kept nowhere. */
  b2bTokenId?: string;
  customerTokenId?: string;
  customer?: RecordedCustomer;
}

/** What happened to the calls of one operation. */
export interface OperationCounters {
  received: number;
  processed: number;
  replayed: number;
  refused: number;
}

/** Keeps what came in, for the console and for tests. */
@Injectable()
export class RequestRecorder {
  private records: RecordedRequest[] = [];
  private readonly counters = new Map<string, OperationCounters>();
  private count = 0;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  begin(
    call: Pick<RecordedRequest, 'operation' | 'method' | 'path' | 'headers' | 'body'>,
  ): RecordedRequest {
    const record: RecordedRequest = {
      id: `req-${++this.count}`,
      at: this.clock.now().toISOString(),
      ...call,
      verdict: 'accepted',
      status: null,
      replayed: false,
    };
    this.records.push(record);
    if (this.records.length > KEPT_RECORDS) this.records.shift();
    this.tally(call.operation, 'received');
    return record;
  }

  refuse(record: RecordedRequest, reason: string): void {
    record.verdict = 'refused';
    record.reason = reason;
    this.tally(record.operation, 'refused');
  }

  /** Notes the status that is being sent. */
  answer(record: RecordedRequest, status: number): void {
    record.status = status;
    this.feed.announce();
  }

  tally(operation: string, what: keyof OperationCounters): void {
    const counters = this.counters.get(operation) ?? {
      received: 0,
      processed: 0,
      replayed: 0,
      refused: 0,
    };
    counters[what]++;
    this.counters.set(operation, counters);
    this.feed.announce();
  }

  /** Newest last. */
  list(operation?: string): readonly RecordedRequest[] {
    if (operation === undefined) return this.records;
    return this.records.filter((record) => record.operation === operation);
  }

  countersOf(operation: string): OperationCounters {
    return this.counters.get(operation) ?? { received: 0, processed: 0, replayed: 0, refused: 0 };
  }

  clear(): void {
    this.records = [];
    this.counters.clear();
    this.feed.announce();
  }
}
