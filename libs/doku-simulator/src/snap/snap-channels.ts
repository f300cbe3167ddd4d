import { Injectable } from '@nestjs/common';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import type { SnapEndpoint, SnapOperation } from './snap-operation.js';
import type { SnapPayment } from '../bank/snap-payment-book.js';

/** A bank or scheme behind the shared SNAP endpoints; each lives in a folder of its own. */
export interface SnapChannel {
  /** `additionalInfo.channel`; read at each call, since a setting may change it. */
  readonly code: string;
  /** `additionalInfo.acquirerId` of notifications. */
  readonly acquirer: string;
  /** Whom the pages of its customers stand in for. */
  readonly title?: string;
  /**
   * Whether it has addresses of its own instead of those of direct debit: then the shared status
   * check does not know its payments, it sends no notifications, and several merchants may bind one
   * account.
   */
  readonly standsAlone: boolean;
  readonly operations: readonly SnapOperation[];
  /** Takes a payment's money; answers why it cannot. */
  debit(payment: SnapPayment): string | undefined;
  /** Gives money of a payment back. */
  credit(payment: SnapPayment, sen: bigint): void;
}

/** All SNAP channels; each adds itself when it is made. */
@Injectable()
export class SnapChannels {
  private readonly channels: SnapChannel[] = [];

  constructor(private readonly catalogue: OperationCatalogue) {}

  add(channel: SnapChannel): void {
    this.channels.push(channel);
    this.catalogue.add(
      channel.operations.map(({ name, endpoint }) => ({
        name,
        method: 'POST',
        path: endpoint.path,
        scheme: 'snap',
      })),
    );
  }

  find(code: unknown): SnapChannel | undefined {
    return this.channels.find((channel) => channel.code === code);
  }

  /** An account of a channel, as a side of a movement of money. */
  partyOf(payment: SnapPayment): string {
    return `${this.ofPayment(payment)?.acquirer ?? payment.channel}:${payment.account}`;
  }

  /** The channel that made a payment, whatever its code is called now. */
  ofPayment({ operation }: SnapPayment): SnapChannel | undefined {
    return this.channels.find(({ operations }) =>
      operations.some(({ name }) => name === operation),
    );
  }

  operationAt(endpoint: SnapEndpoint, code: unknown): SnapOperation | undefined {
    return this.find(code)?.operations.find((operation) => operation.endpoint === endpoint);
  }

  /** Codes of the channels that have something at an endpoint. */
  codesAt(endpoint: SnapEndpoint): string[] {
    return this.channels
      .filter(({ operations }) => operations.some((each) => each.endpoint === endpoint))
      .map(({ code }) => code);
  }
}
