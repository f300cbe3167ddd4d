import { Injectable } from '@nestjs/common';
import { SnapPaymentBook } from '../../bank/snap-payment-book.js';
import { requiredTextAt } from '../../engine/field-rules.js';
import { Settings } from '../../engine/settings.js';
import { SnapError } from '../../snap/snap-error.js';
import { fingerprintOf } from '../../snap/snap-fingerprint.js';
import type { JsonObject } from '../../engine/json.js';
import type { SnapCall } from '../../snap/snap-operation.js';

/** What was done under each `partnerReferenceNo`: one activity each (wallet reference A.2). */
@Injectable()
export class WalletReferences {
  private readonly fingerprints = new Map<string, string>();

  constructor(
    private readonly payments: SnapPaymentBook,
    private readonly settings: Settings,
  ) {}

  /**
   * Does the work unless its reference was used; a call that was refused has used none.
   * @throws {@link SnapError} 409/01 for the same content, 404/18 for other
   */
  once(
    operation: string,
    { merchant: { clientId }, body, customer }: SnapCall,
    work: (fingerprint: string) => JsonObject,
  ): JsonObject {
    const reference = requiredTextAt(body, 'partnerReferenceNo');
    const fingerprint = fingerprintOf(operation, body, customer?.custIdMerchant ?? '');
    if (this.settings.current.idempotency) this.demandNew(clientId, reference, fingerprint);
    const answer = work(fingerprint);
    this.fingerprints.set(keyOf(clientId, reference), fingerprint);
    return answer;
  }

  private demandNew(clientId: string, reference: string, fingerprint: string): void {
    const payment = this.payments.byReference(reference, clientId);
    const known = this.fingerprints.get(keyOf(clientId, reference)) ?? payment?.fingerprint;
    if (known === undefined) return;
    if (known !== fingerprint) throw inconsistent('partnerReferenceNo', reference);
    // What failed may be tried again.
    if (payment?.status === 'FAILED') return;
    throw new SnapError(
      409,
      '01',
      `Duplicate partnerReferenceNo "${reference}": this was done already; query its outcome.`,
    );
  }
}

export function inconsistent(field: string, value: string): SnapError {
  return new SnapError(
    404,
    '18',
    `Inconsistent Request: ${field} "${value}" was used with other content.`,
  );
}

function keyOf(clientId: string, reference: string): string {
  return JSON.stringify([clientId, reference]);
}
