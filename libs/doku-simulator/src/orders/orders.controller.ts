import { ServerResponse } from 'node:http';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { PaymentBook } from '../bank/payment-book.js';
import { Gateway } from '../engine/gateway.js';
import { GatewayError } from '../engine/gateway-error.js';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { createPaymentEnvelope } from '../notifications/payment-envelope.js';
import type { Operation } from '../engine/operation.js';
import type { RawRequest } from '../engine/raw-request.js';

const CHECK_STATUS: Operation = {
  name: 'orders.checkStatus',
  method: 'GET',
  path: '/orders/v1/status/:identifier',
  successStatus: 200,
  fields: [],
  foreignAnswer: {
    transaction: { status: 'SUCCESS', original_request_id: 'request-of-somebody-else' },
    order: { invoice_number: 'INV-SOMEBODY-ELSE', amount: 1 },
  },
};

/** Check status, for every non-SNAP channel (reference S-1). */
@Controller()
export class OrdersController {
  constructor(
    private readonly gateway: Gateway,
    private readonly payments: PaymentBook,
    catalogue: OperationCatalogue,
  ) {
    catalogue.add([CHECK_STATUS]);
  }

  @Get(CHECK_STATUS.path)
  checkStatus(
    @Param('identifier') identifier: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.gateway.handle(CHECK_STATUS, request, response, ({ merchant: { clientId } }) => {
      const payment =
        this.payments.byInvoice(identifier, clientId) ??
        this.payments.byRequestId(clientId, identifier);
      if (payment === undefined) {
        throw new GatewayError(
          'NOT_FOUND',
          'TRANSACTION_NOT_FOUND',
          `No payment has invoice number or Request-Id "${identifier}".`,
        );
      }
      return createPaymentEnvelope(payment);
    });
  }
}
