import { randomUUID } from 'node:crypto';

import { Logger } from '@nestjs/common';

import { DokuUnavailableError } from '../errors/doku-unavailable.error.js';
import { type CallDeadline, CallEnded } from '../http/call-deadline.js';
import type { CallIntents, RecordedCall } from '../http/call-intents.js';
import { readMember } from '../http/members.js';
import type { PreparedCall } from '../http/prepared-call.js';
import { describeFailure } from '../notifications/describe-failure.js';
import { normaliseAmount } from '../validation/amount.js';
import type { MoneyOperations } from './money-operations.js';
import type { DokuPaymentIntent, IntentStore } from './payment-intent.js';

/** Records every call that moves money before it is sent. */
export class IntentRecorder implements CallIntents {
  private readonly logger = new Logger('DokuReconciler');

  /** @param bestEffort whether a call is sent although it could not be recorded */
  constructor(
    private readonly operations: MoneyOperations,
    private readonly intents: IntentStore,
    private readonly bestEffort: boolean,
  ) {}

  record(
    call: PreparedCall,
    deadline: CallDeadline,
  ): Promise<RecordedCall | undefined> | undefined {
    const intent = deadline.hasEnded ? undefined : this.intentOf(call);
    return intent && this.keep(intent, call, deadline);
  }

  private async keep(
    intent: DokuPaymentIntent,
    call: PreparedCall,
    deadline: CallDeadline,
  ): Promise<RecordedCall | undefined> {
    const recording = this.intents.record(intent);
    try {
      await deadline.wait(recording);
    } catch (error) {
      if (error instanceof CallEnded) {
        // Whatever is recorded after all is about a call that was never sent.
        recording.then(() => {
          this.forget(intent);
        }, ignore);
        throw notRecorded(call, deadline.cause() ?? 'the call ended');
      }
      const { summary } = describeFailure(error);
      if (!this.bestEffort) throw notRecorded(call, summary);
      this.logger.warn(
        `${lineOf(intent)} is sent without being recorded (${summary}): if its outcome stays open, nobody asks for it (reconciliation.bestEffort)`,
      );
      return undefined;
    }
    return {
      forget: () => {
        this.forget(intent);
      },
    };
  }

  private forget(intent: DokuPaymentIntent): void {
    this.intents.settle(intent, intent.call).catch((error: unknown) => {
      this.logger.warn(
        `${lineOf(intent)} was not carried out, and stays recorded: ${describeFailure(error).summary}`,
      );
    });
  }

  /** Takes what it needs by name: nothing else of a request may be kept, since it can hold credentials. */
  private intentOf({
    operation,
    merchant,
    reference,
    content,
    id,
  }: PreparedCall): DokuPaymentIntent | undefined {
    const money = this.operations.named(operation.name);
    if (money?.operation.scheme !== operation.scheme || reference === undefined) return undefined;
    const attempt = money.attempt ? readMember(content, money.attempt) : id.requestId;
    const amount = normaliseAmount(money.amount && readMember(content, money.amount));
    return {
      merchant: merchant.name,
      channel: money.channel,
      operation: operation.name,
      kind: money.kind,
      reference,
      attempt: typeof attempt === 'string' ? attempt : '',
      ...(amount === undefined ? {} : { amount: { value: amount, currency: 'IDR' } }),
      ids: { ...id },
      recordedAt: new Date().toISOString(),
      call: randomUUID(),
    };
  }
}

function ignore(): void {
  // It was refused already.
}

function notRecorded(
  { operation, merchant, id, reference }: PreparedCall,
  reason: string,
): DokuUnavailableError {
  return new DokuUnavailableError(
    `${operation.name} was not sent, because it could not be recorded: ${reason}`,
    {
      operation: operation.name,
      merchant: merchant.name,
      ...id,
      reference,
      fix: 'Nothing was sent. The engine of the durable delivery cannot be reached: call again once it is back. To send such calls all the same, unrecorded, set "reconciliation.bestEffort" to true.',
    },
  );
}

function lineOf({ operation, merchant, reference }: DokuPaymentIntent): string {
  return `operation=${operation} merchant=${merchant} reference=${JSON.stringify(reference)}`;
}
