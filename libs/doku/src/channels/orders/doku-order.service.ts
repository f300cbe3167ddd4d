import { Injectable } from '@nestjs/common';

import { DokuValidationError } from '../../errors/doku-validation.error.js';
import { DokuClient } from '../../http/doku-client.js';
import type { DokuCallOptions } from '../../http/doku-call-options.js';
import type { CheckStatusRequest, OrderStatus } from './check-status.js';
import { CHECK_STATUS } from './order.operations.js';

/** Asks DOKU how a non-SNAP payment stands, whatever its channel. */
@Injectable()
export class DokuOrderService {
  /** @internal Made by Nest. */
  constructor(private readonly client: DokuClient) {}

  /**
   * DOKU asks to wait 60 seconds after the payment before the first question (reference non-snap 3.17).
   *
   * @throws DokuApiError with `httpStatus` 404 when DOKU does not know the payment
   */
  async checkStatus(request: CheckStatusRequest, options?: DokuCallOptions): Promise<OrderStatus> {
    const given = [request.invoice_number, request.request_id].filter((id) => id !== undefined);
    const [identifier] = given;
    if (identifier === undefined || given.length > 1) {
      throw new DokuValidationError(['give either invoice_number or request_id'], {
        operation: CHECK_STATUS.name,
      });
    }
    return this.client.request(CHECK_STATUS, { identifier }, options);
  }
}
