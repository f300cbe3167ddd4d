import {
  BadRequestException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PaymentBook } from '../bank/payment-book.js';
import { MerchantDirectory } from '../engine/merchants.js';
import { toWireTimestamp } from '../engine/signature.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { BREAKAGES, type SimulatedNotification } from '../notifications/notification.js';
import { NotificationOutbox } from '../notifications/notification-outbox.js';
import { createPaymentEnvelope } from '../notifications/payment-envelope.js';
import { ApiInput, JsonBody } from './api-input.js';
import { SnapNotificationOrders } from './snap-notification-orders.js';
import type { JsonObject } from '../engine/json.js';

const SCHEMES = ['non-snap', 'snap'] as const;
/** A burst of this size already shows what duplicates do. */
const MOST_COPIES = 100;
/** How many of the newest notifications a shuffle takes unless told which. */
const SHUFFLED_BY_DEFAULT = 3;

/** Sends notifications by hand: new ones, again, spoilt, out of order. */
@Controller('_simulator/notifications')
export class NotificationsController {
  constructor(
    private readonly outbox: NotificationOutbox,
    private readonly snapOrders: SnapNotificationOrders,
    private readonly payments: PaymentBook,
    private readonly merchants: MerchantDirectory,
    private readonly clock: SimulatorClock,
  ) {}

  @Get()
  list(): readonly SimulatedNotification[] {
    return this.outbox.all();
  }

  /** Answers when the first attempt has ended. */
  @Post()
  async send(@JsonBody() body: JsonObject): Promise<SimulatedNotification> {
    const scheme = new ApiInput(body).optionalChoice('scheme', SCHEMES) ?? 'non-snap';
    if (scheme === 'snap') return this.outbox.sendNow(this.snapOrders.read(body));
    const input = new ApiInput(body).allowOnly(
      'scheme',
      'invoiceNumber',
      'status',
      'amount',
      'clientId',
      'originalRequestId',
      'extra',
    );
    const clientId = this.readClientId(input);
    return this.outbox.sendNow({ clientId, body: this.createBody(input, clientId) });
  }

  /** Answers when all copies have been answered. */
  @Post(':id/resend')
  @HttpCode(200)
  async resend(@Param('id') id: string, @JsonBody() body: JsonObject): Promise<unknown> {
    const input = new ApiInput(body).allowOnly('copies', 'break');
    const copies = input.optionalWhole('copies', { min: 1, max: MOST_COPIES }) ?? 1;
    const broken = input.optionalChoice('break', BREAKAGES);
    const notification = this.find(id);
    if (broken === 'token' && notification.scheme !== 'snap') {
      throw new BadRequestException(
        `"break" cannot be "token" for ${id}: only SNAP notifications carry one.`,
      );
    }
    const attempts = await this.outbox.resend(notification, {
      copies,
      ...(broken !== undefined && { broken }),
    });
    return { notification, attempts };
  }

  /** Sends several again, the newest first. */
  @Post('shuffle')
  @HttpCode(200)
  async shuffle(@JsonBody() body: JsonObject): Promise<{ order: string[] }> {
    const ids = new ApiInput(body).allowOnly('ids').optionalTexts('ids');
    const chosen =
      ids === undefined
        ? this.outbox
            .all()
            .filter(({ url }) => url !== null)
            .slice(-SHUFFLED_BY_DEFAULT)
        : ids.map((id) => this.find(id));
    const order = [...chosen].sort((a, b) => compareAge(b, a));
    for (const notification of order) await this.outbox.resend(notification);
    return { order: order.map(({ id }) => id) };
  }

  private find(id: string): SimulatedNotification {
    const notification = this.outbox.find(id);
    if (notification === undefined) {
      throw new NotFoundException(`No notification has id "${id}".`);
    }
    if (notification.url === null) {
      throw new BadRequestException(
        `Notification ${id} cannot be sent: its merchant has no notification URL; start the simulator with ${notification.scheme === 'snap' ? '--snap-notification-url' : '--notification-url'}.`,
      );
    }
    return notification;
  }

  private readClientId(input: ApiInput): string {
    const given = input.optionalText('clientId');
    const invoiceNumber = input.text('invoiceNumber');
    const clientId =
      given ??
      this.payments.byInvoice(invoiceNumber)?.clientId ??
      this.merchants.all[0]?.clientId ??
      '';
    if (this.merchants.find(clientId) === undefined) {
      throw new BadRequestException(
        `"clientId" cannot be "${clientId}"; known are ${this.merchants.all.map((each) => each.clientId).join(', ')}.`,
      );
    }
    return clientId;
  }

  private createBody(input: ApiInput, clientId: string): JsonObject {
    const invoiceNumber = input.text('invoiceNumber');
    const status = input.optionalText('status');
    const amount = input.optionalWhole('amount', { min: 0 });
    const originalRequestId = input.optionalText('originalRequestId');
    const extra = input.optionalObject('extra');
    const date = toWireTimestamp(this.clock.wireNow());
    const payment =
      originalRequestId === undefined
        ? this.payments.byInvoice(invoiceNumber, clientId)
        : this.payments.byRequestId(clientId, originalRequestId);
    if (payment !== undefined) {
      const changes = {
        date,
        ...(status !== undefined && { status }),
        ...(amount !== undefined && { amount }),
      };
      return { ...createPaymentEnvelope(payment, changes), ...extra };
    }
    if (amount === undefined) {
      throw new BadRequestException(
        `No payment has invoice number "${invoiceNumber}"; give "amount" to send a notification about it all the same.`,
      );
    }
    return {
      service: { id: 'DIRECT_DEBIT' },
      acquirer: { id: 'CIMB' },
      channel: { id: 'DIRECT_DEBIT_CIMB' },
      transaction: {
        status: status ?? 'SUCCESS',
        date,
        original_request_id: originalRequestId ?? randomUUID(),
      },
      order: { invoice_number: invoiceNumber, amount },
      ...extra,
    };
  }
}

/** Ids count up: `ntf-9` is older than `ntf-10`. */
function compareAge(a: SimulatedNotification, b: SimulatedNotification): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true });
}
